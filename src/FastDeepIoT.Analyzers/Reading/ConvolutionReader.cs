using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads the overloads of <c>Conv1d</c> to <c>Conv3d</c> and <c>ConvTranspose1d</c> to <c>ConvTranspose3d</c>.</summary>
internal static class ConvolutionReader
{
    private const int SamePadding = 1;
    private const int ZerosMode = 0;

    internal static ConstructedLayer? Read(Arguments arguments, int rank, bool transposed)
    {
        if (LayerReader.Widths(arguments) is not var (inputs, outputs) || arguments.Number("groups") is not { } groups)
            return null;
        if (arguments.Choice(ZerosMode, "padding_mode", "paddingMode") != ZerosMode) return null;
        if (ReadWindow(arguments, rank) is not { } window) return null;

        var shape = window with { Inputs = inputs, Outputs = outputs, Groups = groups, Transposed = transposed };
        return new ConstructedLayer(shape, shape.IsDepthwise ? Together(arguments) : LayerReader.InputsAndOutputs(arguments));
    }

    private static ConvolutionLayer? ReadWindow(Arguments arguments, int rank)
    {
        var ones = Enumerable.Repeat(1L, rank).ToArray();
        var named = arguments.IsEnum("padding", "Padding");
        var kernel = arguments.Axes(rank, [], "kernel_size", "kernelSize");
        var strides = arguments.Axes(rank, ones, "stride");
        var dilations = arguments.Axes(rank, ones, "dilation");
        var padding = named ? new long[rank] : arguments.Axes(rank, new long[rank], "padding");
        var outputPadding = arguments.Axes(rank, new long[rank], "output_padding", "outputPadding");
        var choice = named ? arguments.Choice(0, "padding") : 0;
        if (kernel is not { Count: > 0 } || strides is null || dilations is null) return null;
        if (padding is null || outputPadding is null || choice is null) return null;

        return new ConvolutionLayer(arguments.Method, 0, 0, 1, kernel)
        {
            Strides = strides,
            Dilations = dilations,
            Padding = padding,
            OutputPadding = outputPadding,
            KeepsSize = choice == SamePadding,
        };
    }

    // The three numbers of a depthwise convolution change together; the diagnostic stands at the first.
    private static Dictionary<WidthRole, IReadOnlyList<IOperation>> Together(Arguments arguments)
    {
        var written = LayerReader.InputsAndOutputs(arguments);
        return new()
        {
            [WidthRole.Channels] =
                [.. written[WidthRole.Inputs], .. LayerReader.Where(arguments, "groups"), .. written[WidthRole.Outputs]],
        };
    }
}
