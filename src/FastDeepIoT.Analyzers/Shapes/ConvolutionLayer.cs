using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>A convolution over one to three axes; every list has one entry an axis.</summary>
internal sealed record ConvolutionLayer(string Factory, long Inputs, long Outputs, long Groups, IReadOnlyList<long> Kernel)
    : LayerShape(Factory)
{
    private static readonly WidthRole[] _separate = [WidthRole.Inputs, WidthRole.Outputs];
    private static readonly WidthRole[] _together = [WidthRole.Channels];

    internal IReadOnlyList<long> Strides { get; init; } = [];

    internal IReadOnlyList<long> Dilations { get; init; } = [];

    internal IReadOnlyList<long> Padding { get; init; } = [];

    internal IReadOnlyList<long> OutputPadding { get; init; } = [];

    internal bool KeepsSize { get; init; }

    internal bool Transposed { get; init; }

    internal bool IsDepthwise => Groups > 1 && Groups == Inputs && Outputs % Groups == 0;

    internal override bool FeaturesLast => false;

    internal override long OutputFactor => IsDepthwise ? Outputs / Inputs : 1;

    internal override IReadOnlyList<WidthRole> Roles => IsDepthwise ? _together : _separate;

    internal override bool IsPossible =>
        Inputs > 0 && Outputs > 0 && Groups > 0 && Inputs % Groups == 0 && Outputs % Groups == 0
        && Kernel.Concat(Strides).Concat(Dilations).All(size => size > 0) && Padding.Concat(OutputPadding).All(size => size >= 0);

    internal override long this[WidthRole role] => role == WidthRole.Outputs ? Outputs : Inputs;

    internal override string Key
    {
        get
        {
            IReadOnlyList<long>[] lists = [[Inputs, Outputs, Groups], Kernel, Strides, Dilations, Padding, OutputPadding];
            return $"{Factory}({string.Join(";", lists.Select(list => string.Join(",", list)))};{KeepsSize})";
        }
    }

    internal override LayerShape With(WidthRole role, long width) => role switch
    {
        WidthRole.Inputs => this with { Inputs = width },
        WidthRole.Outputs => this with { Outputs = width },
        _ => this with { Inputs = width, Groups = width, Outputs = width * (Outputs / Inputs) },
    };

    internal override long UnitOf(WidthRole role) => role == WidthRole.Channels ? 1 : Groups;

    internal override string NounOf(WidthRole role) => role switch
    {
        WidthRole.Inputs => "input channels",
        WidthRole.Outputs => "output channels",
        _ => "channels",
    };

    internal override IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation)
    {
        if (OutputSize(size) is not { } outputSize) return [];

        return
        [
            TimeModel.Layers.Convolution(new ConvolutionShape
            {
                InputChannels = Inputs, OutputChannels = Outputs, Groups = Groups, Kernel = Kernel,
                InputSize = Size.Over(Kernel.Count, size)!, OutputSize = outputSize, Strides = Strides, Dilations = Dilations,
                Transposed = Transposed, Activation = activation,
            }),
        ];
    }

    internal override IReadOnlyList<long>? OutputSize(IReadOnlyList<long> size)
    {
        if (Size.Over(Kernel.Count, size) is not { } input) return null;
        if (KeepsSize) return input;

        var output = input.Select((length, axis) => Transposed ? Grown(length, axis) : Shrunk(length, axis)).ToArray();
        return output.All(length => length > 0) ? output : null;
    }

    protected override string Describe()
    {
        var widths = IsDepthwise && Inputs == Outputs ? $"{Inputs}" : $"{Inputs} → {Outputs}";
        var groups = IsDepthwise ? ", depthwise" : Groups > 1 ? $", {Groups} groups" : "";
        return $"{widths}, {string.Join("×", Kernel)}{groups}";
    }

    private long Shrunk(long size, int axis) => Size.Windows(size, Kernel[axis], Strides[axis], Padding[axis], Dilations[axis]);

    private long Grown(long size, int axis) =>
        ((size - 1) * Strides[axis]) - (2 * Padding[axis]) + (Dilations[axis] * (Kernel[axis] - 1)) + OutputPadding[axis] + 1;
}
