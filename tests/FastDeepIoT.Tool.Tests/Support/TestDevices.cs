using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool.Tests;

/// <summary>A device whose rules are known.</summary>
internal static class TestDevices
{
    /// <summary>What one multiply-accumulate takes where the width is good, and where it is bad.</summary>
    internal const double FastNanoseconds = 0.08;

    /// <summary>See <see cref="FastNanoseconds"/>.</summary>
    internal const double SlowNanoseconds = 0.41;

    /// <summary>
    /// Convolutions with output channels that are no multiple of 8 are slow; activations and layout changes cost by bytes; nothing else is
    /// known.
    /// </summary>
    internal static DeviceModel Steps(string name = "steps", int threads = 1, string runtimeVersion = "1.31.1") => new()
    {
        Name = name,
        Provenance = new Provenance
        {
            Cpu = "Test CPU",
            Architecture = "X64",
            InstructionSets = ["Sse42", "Avx2"],
            OperatingSystem = "Test OS",
            Processors = 2,
            Runtime = "ONNX Runtime",
            RuntimeVersion = runtimeVersion,
            ExecutionProvider = "CPU",
            Threads = threads,
            OptimizationLevel = "all",
            Date = "2026-11-23",
            Networks = 20,
            LayerSamples = 400,
            Minutes = 2.5,
        },
        Split = "every fifth network",
        NetworkError = new HeldOutError("networks", 5, 0.03, 0.04, 0.8, 1),
        LayerErrors = [new HeldOutError("Convolution2D", 60, 0.05, 0.07, 0.6, 0.9)],
        NetworkLowRatio = 0.95,
        NetworkHighRatio = 1.06,
        Kinds = new Dictionary<string, KindModel>
        {
            ["Convolution2D"] = new()
            {
                Kind = "Convolution2D",
                Family = LayerFamily.Convolution,
                Plain = new Tree<Regression>(
                    new Condition("outputChannels", LayerFamily.Convolution.IndexOf("outputChannels"), IsMultiple: true, 8),
                    Leaf(LayerFamily.Convolution, "macs", FastNanoseconds, ("outputChannels", 16)),
                    Leaf(LayerFamily.Convolution, "macs", SlowNanoseconds)),
            },
            ["Relu"] = new()
            {
                Kind = "Relu",
                Family = LayerFamily.Elements,
                Plain = Leaf(LayerFamily.Elements, "outputBytes", 0.1),
            },
        },
    };

    /// <summary>Matrix products take their rows ten at a time, activations cost by bytes.</summary>
    internal static DeviceModel TenRows()
    {
        var steps = Steps("ten-rows");
        return steps with
        {
            Kinds = new Dictionary<string, KindModel>
            {
                ["Relu"] = steps.Kinds["Relu"],
                ["MatrixProduct"] = new()
                {
                    Kind = "MatrixProduct",
                    Family = LayerFamily.Matrix,
                    Plain = Leaf(LayerFamily.Matrix, "macs", FastNanoseconds, ("rows", 10)),
                },
            },
        };
    }

    private static Tree<Regression> Leaf(LayerFamily family, string quantity, double nanoseconds, params (string Feature, int Block)[] roundings) =>
        new(new Regression
        {
            Terms =
            [
                new Term(null, [], 1200),
                new Term(family.FindQuantity(quantity),
                    [.. roundings.Select(rounding => new Rounding(rounding.Feature, family.IndexOf(rounding.Feature), rounding.Block))], nanoseconds),
            ],
            Samples = 200,
            LowRatio = 0.96,
            HighRatio = 1.05,
            Minimum = [.. family.Descriptors.Select(_ => 0.0)],
            Maximum = [.. family.Descriptors.Select(_ => 1e12)],
        });
}
