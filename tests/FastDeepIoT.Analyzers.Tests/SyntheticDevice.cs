using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>Devices whose cliffs are known, because they are made up.</summary>
internal static class SyntheticDevice
{
    /// <summary>
    /// Depthwise convolutions are five times slower unless channels are a multiple of 4; everything else is 1.5 times slower unless each of its
    /// widths is a multiple of 8. Every size up to 10,000 positions, rows or steps was seen, and sequences of 100 tokens.
    /// </summary>
    internal static DeviceModel Stepped { get; } = Device("synthetic",
    [
        Kind("DepthwiseConvolution2D", LayerFamily.Convolution, Multiples(LayerFamily.Convolution, 4, slow: 5, ["outputChannels"])),
        Kind("GroupedConvolution2D", LayerFamily.Convolution, Multiples(LayerFamily.Convolution, 8, 1.5, ["groupInputs", "groupOutputs"])),
        .. new[] { 1, 2, 3 }.SelectMany(rank => new[] { $"Convolution{rank}D", $"TransposedConvolution{rank}D" }).Select(kind =>
            Kind(kind, LayerFamily.Convolution, Multiples(LayerFamily.Convolution, 8, 1.5, ["inputChannels", "outputChannels"]))),
        Kind("MatrixProduct", LayerFamily.Matrix, Multiples(LayerFamily.Matrix, 8, 1.5, ["columns", "inner"])),
        Kind("DynamicMatrixProduct", LayerFamily.Matrix, new Tree<Regression>(Leaf(LayerFamily.Matrix, 1, most: 100))),
        .. new[] { "LSTM", "GRU", "RNN" }.Select(kind =>
            Kind(kind, LayerFamily.Recurrent, Multiples(LayerFamily.Recurrent, 8, 1.5, ["hidden"]))),
    ]);

    /// <summary>Every width rounds up to a block of 16, so that some capacity is free and nothing falls on a cliff.</summary>
    internal static DeviceModel Blocked { get; } = Device("blocked",
    [
        Kind("Convolution2D", LayerFamily.Convolution, new Tree<Regression>(Leaf(LayerFamily.Convolution, 1,
            Block("outputChannels"), Block("groupInputs")))),
    ]);

    private static Rounding Block(string feature) => new(feature, LayerFamily.Convolution.IndexOf(feature), 16);

    /// <summary>3×3 convolutions write multiples of 64 faster, 1×1 convolutions that read them are far slower.</summary>
    internal static DeviceModel Disagreeing { get; } = Device("disagreeing",
    [
        Kind("Convolution2D", LayerFamily.Convolution, new Tree<Regression>(
            new Condition("kernel", LayerFamily.Convolution.IndexOf("kernel"), IsMultiple: false, 1),
            new Tree<Regression>(
                new Condition("inputChannels", LayerFamily.Convolution.IndexOf("inputChannels"), IsMultiple: true, 64),
                new Tree<Regression>(Leaf(LayerFamily.Convolution, 100)),
                new Tree<Regression>(Leaf(LayerFamily.Convolution, 1))),
            Multiples(LayerFamily.Convolution, 64, 1.5, ["outputChannels"]))),
    ]);

    internal static DeviceModel Device(string name, IEnumerable<KindModel> kinds) => new()
    {
        Name = name,
        Provenance = new Provenance
        {
            Cpu = "made up",
            Architecture = "X64",
            OperatingSystem = "none",
            Runtime = "none",
            RuntimeVersion = "1",
            ExecutionProvider = "CPU",
            Threads = 1,
            OptimizationLevel = "all",
            Date = "2025-01-01",
        },
        OwnErrorOfNeighbours = 0.5,
        Kinds = kinds.ToDictionary(kind => kind.Kind),
    };

    internal static KindModel Kind(string name, LayerFamily family, Tree<Regression> tree) =>
        new() { Kind = name, Family = family, Plain = tree };

    /// <summary>Slower for every feature that is no multiple.</summary>
    internal static Tree<Regression> Multiples(LayerFamily family, int of, double slow, string[] features, double factor = 1)
    {
        if (features.Length == 0) return new Tree<Regression>(Leaf(family, factor));

        var condition = new Condition(features[0], family.IndexOf(features[0]), IsMultiple: true, of);
        return new Tree<Regression>(
            condition, Multiples(family, of, slow, features[1..], factor), Multiples(family, of, slow, features[1..], factor * slow));
    }

    /// <summary>
    /// Time in proportion to the family's first amount of work, known to 3% wherever nothing is larger than <paramref
    /// name="most"/>.
    /// </summary>
    internal static Regression Leaf(LayerFamily family, double nanoseconds, params Rounding[] roundings) =>
        Leaf(family, nanoseconds, 10_000, roundings);

    internal static Regression Leaf(LayerFamily family, double nanoseconds, double most, params Rounding[] roundings) => new()
    {
        Terms = [new Term(family.Quantities[0], roundings, nanoseconds), .. Extra(family, nanoseconds)],
        Samples = 100,
        LowRatio = 0.97,
        HighRatio = 1.03,
        Minimum = [.. family.Descriptors.Select(name => name == LayerFamily.NetworkSize ? 1e5 : 0)],
        Maximum = [.. family.Descriptors.Select(name => name == LayerFamily.NetworkSize ? 1e9 : IsShape(family, name) ? most : 1e300)],
    };

    private static bool IsShape(LayerFamily family, string name) =>
        family.Features.Contains(name) && !name.EndsWith("Taps") && !name.EndsWith("Bytes") && name != LayerFamily.NetworkWork;

    internal static string Text(this DeviceModel device) => DeviceModelFile.Write(device);

    // The input of a recurrent layer is its first amount of work, its state another.
    private static IEnumerable<Term> Extra(LayerFamily family, double nanoseconds) =>
        family == LayerFamily.Recurrent ? [new Term(family.FindQuantity("stateMacs"), [], nanoseconds)] : [];
}
