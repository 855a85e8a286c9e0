using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization.Tests.Steering;

/// <summary>Devices whose cliffs are known because we made them.</summary>
internal static class SyntheticDevice
{
    private const double CallNanoseconds = 50;
    private const double Fast = 0.05;
    private const double Slow = 0.4;

    /// <summary>Depthwise convolutions are slow unless channels are a multiple; dense ones and matrices work in blocks of outputs.</summary>
    internal static DeviceModel Stepped(int multiple = 4, int block = 16) => Device(
        Kind("Convolution2D", LayerFamily.Convolution, Leaf(LayerFamily.Convolution, "macs", Fast, "outputChannels", block)),
        Kind("DepthwiseConvolution2D", LayerFamily.Convolution, When(LayerFamily.Convolution, "outputChannels", multiple,
            Leaf(LayerFamily.Convolution, "macs", Fast), Leaf(LayerFamily.Convolution, "macs", Slow))),
        Kind("MatrixProduct", LayerFamily.Matrix, Leaf(LayerFamily.Matrix, "macs", Fast, "columns", block)));

    /// <summary>Dense convolutions are fast only if both their inputs and their outputs are a multiple.</summary>
    internal static DeviceModel NeedsBoth(int multiple) => Device(Kind("Convolution2D", LayerFamily.Convolution,
        When(LayerFamily.Convolution, "inputChannels", multiple,
            When(LayerFamily.Convolution, "outputChannels", multiple, Leaf(LayerFamily.Convolution, "macs", Fast), Leaf(LayerFamily.Convolution, "macs", Slow)),
            Leaf(LayerFamily.Convolution, "macs", Slow))));

    private static DeviceModel Device(params KindModel[] kinds) => new()
    {
        Name = "synthetic",
        Provenance = new TimeModel.Provenance
        {
            Cpu = "none",
            Architecture = "none",
            OperatingSystem = "none",
            Runtime = "none",
            RuntimeVersion = "0",
            ExecutionProvider = "CPU",
            Threads = 1,
            OptimizationLevel = "all",
            Date = "2020-01-01",
        },
        Kinds = kinds.ToDictionary(kind => kind.Kind),
    };

    private static KindModel Kind(string kind, LayerFamily family, Tree<Regression> times) => new() { Kind = kind, Family = family, Plain = times };

    private static Tree<Regression> When(LayerFamily family, string feature, int multiple, Tree<Regression> yes, Tree<Regression> no) =>
        new(new Condition(feature, family.IndexOf(feature), IsMultiple: true, multiple), yes, no);

    private static Tree<Regression> Leaf(LayerFamily family, string quantity, double nanoseconds, string? rounded = null, int block = 1) => new(new Regression
    {
        Terms =
        [
            new Term(null, [], CallNanoseconds),
            new Term(family.FindQuantity(quantity), rounded is null ? [] : [new Rounding(rounded, family.IndexOf(rounded), block)], nanoseconds),
        ],
        Samples = 1,
        LowRatio = 0.9,
        HighRatio = 1.1,
        Minimum = [],
        Maximum = [],
    });
}
