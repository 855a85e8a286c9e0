namespace FastDeepIoT.TimeModel.Tests;

/// <summary>A device model that uses every part of the format.</summary>
internal static class Example
{
    private static readonly LayerFamily Convolutions = LayerFamily.Convolution;

    internal static DeviceModel Device { get; } = new()
    {
        Name = "example \"quoted\" ä",
        Provenance = new Provenance
        {
            Cpu = "Test CPU @ 2.50GHz",
            Architecture = "X64",
            InstructionSets = ["Avx2", "Sse42"],
            OperatingSystem = "Test OS 1",
            Processors = 2,
            Runtime = "ONNX Runtime",
            RuntimeVersion = "1.31.1",
            ExecutionProvider = "CPU",
            Threads = 1,
            OptimizationLevel = "all",
            Date = "2026-11-23",
            Networks = 7,
            LayerSamples = 420,
            Minutes = 1.25,
        },
        RunOverheadNanoseconds = 1500,
        Split = "every fifth network",
        NetworkError = new HeldOutError("networks", 3, 0.031, 0.042, 0.8, 1),
        NetworkLowRatio = 0.97,
        NetworkHighRatio = 1.04,
        OwnErrorOfNeighbours = 0.45,
        LayerErrors = [new HeldOutError("Convolution2D", 12, 0.05, 0.061, 0.5, 0.9)],
        Kinds = new Dictionary<string, KindModel>
        {
            ["Relu"] = new()
            {
                Kind = "Relu",
                Family = LayerFamily.Elements,
                Placement = Ask(LayerFamily.Elements, "hostConvolution", 0, Placement.Plain, Placement.Absorbed),
                Plain = new Tree<Regression>(Leaf(LayerFamily.Elements, 500, "outputBytes", 0.1)),
            },
            ["Convolution2D"] = new()
            {
                Kind = "Convolution2D",
                Family = Convolutions,
                Placement = new Tree<Placement>(Multiple("outputChannels", 8), new Tree<Placement>(Placement.Internal), new Tree<Placement>(Placement.Plain)),
                Plain = new Tree<Regression>(Leaf(Convolutions, 1000, "macs", 0.4)),
                Internal = new Tree<Regression>(
                    new Condition("kernel", Convolutions.IndexOf("kernel"), IsMultiple: false, 1),
                    new Tree<Regression>(Leaf(Convolutions, 1e-7, "macs", 1.0 / 3)),
                    new Tree<Regression>(WithSpecialTerms(
                        Leaf(Convolutions, 900, "macs", 0.08, new Rounding("outputChannels", Convolutions.IndexOf("outputChannels"), 16))))),
            },
            [LayoutChange.ToInternal] = Change(LayoutChange.ToInternal, 0.2),
            [LayoutChange.ToPlain] = Change(LayoutChange.ToPlain, 0.3),
        },
    };

    /// <summary>A convolution with a 3 x 3 kernel over 4 x 4 images.</summary>
    internal static Layer Convolution(long inputs, long outputs, long groups = 1, long kernel = 3) => TimeModel.Layers.Convolution(new ConvolutionShape
    {
        InputChannels = inputs,
        OutputChannels = outputs,
        Groups = groups,
        InputSize = [4, 4],
        OutputSize = [4, 4],
        Kernel = [kernel, kernel],
    });

    internal static Layer Relu(long elements) =>
        TimeModel.Layers.Elements("Relu", new ElementsShape { InputElements = elements, OutputElements = elements });

    internal static Condition Multiple(string feature, int value) => new(feature, Convolutions.IndexOf(feature), IsMultiple: true, value);

    internal static Regression Leaf(LayerFamily family, double call, string quantity, double nanoseconds, params Rounding[] roundings) => new()
    {
        Terms = [new Term(null, [], call), new Term(family.FindQuantity(quantity), roundings, nanoseconds), .. Cold(family)],
        Samples = 100,
        LowRatio = 0.9,
        HighRatio = 1.2,
        Minimum = [.. family.Descriptors.Select(_ => 0.0)],
        Maximum = [.. family.Descriptors.Select((_, index) => 100.5 + (index * 10000))],
    };

    // Terms that are charged only to some layers, or to a part of their work.
    private static Regression WithSpecialTerms(Regression leaf)
    {
        var leftOver = new Rounding("inputChannels", Convolutions.IndexOf("inputChannels"), 3, LeftOver: true);
        var questions = new[] { Range("stride", 1), Multiple("groupInputs", 2) };
        var wheres = questions.SelectMany(_ => new[] { true, false }, (question, answer) => new Where(question, answer));
        return leaf with
        {
            Terms = [.. leaf.Terms, new Term(Convolutions.FindQuantity("macs"), [leftOver], 0.01),
                .. wheres.Select(where => new Term(Convolutions.FindQuantity("inputBytes"), [], 0.02, Where: where))],
        };
    }

    private static Condition Range(string feature, double value) => new(feature, Convolutions.IndexOf(feature), IsMultiple: false, value);

    // What only large networks pay.
    private static IEnumerable<Term> Cold(LayerFamily family) => family.IndexOf(LayerFamily.NetworkSize) is >= 0 and var index
        ? [new Term(null, [], 50, new Condition(LayerFamily.NetworkSize, index, IsMultiple: false, 2e6))]
        : [];

    private static Tree<Placement> Ask(LayerFamily family, string feature, double atMost, Placement yes, Placement no) => new(
        new Condition(feature, PlacementContext.IndexOf(family, feature), IsMultiple: false, atMost), new Tree<Placement>(yes), new Tree<Placement>(no));

    private static KindModel Change(string kind, double nanoseconds) => new()
    {
        Kind = kind,
        Family = LayerFamily.Elements,
        Plain = new Tree<Regression>(Leaf(LayerFamily.Elements, 100, "inputBytes", nanoseconds)),
    };
}
