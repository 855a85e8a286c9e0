using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads convolutions over one to three axes, transposed ones as well.</summary>
internal static class ConvolutionReader
{
    private const string Zeros = "zeros";

    internal static ConstructedLayer? Read(LayerArguments arguments, int rank, bool transposed)
    {
        if (arguments.Number(LayerParameter.Inputs) is not { } inputs || arguments.Number(LayerParameter.Outputs) is not { } outputs) return null;
        if (arguments.Number(LayerParameter.Groups, 1) is not { } groups) return null;
        if (!IsPaddedWithZeros(arguments) || ReadWindow(arguments, rank) is not { } window) return null;

        var shape = window with { Inputs = inputs, Outputs = outputs, Groups = groups, Transposed = transposed };
        return new ConstructedLayer(shape, shape.IsDepthwise ? Together(arguments) : LayerReader.InputsAndOutputs(arguments));
    }

    private static ConvolutionLayer? ReadWindow(LayerArguments arguments, int rank)
    {
        var word = arguments.Word(LayerParameter.Padding);
        var kernel = arguments.Axes(rank, LayerParameter.Kernel, 0);
        var strides = arguments.Axes(rank, LayerParameter.Stride, 1);
        var dilations = arguments.Axes(rank, LayerParameter.Dilation, 1);
        var padding = word is null ? arguments.Axes(rank, LayerParameter.Padding, 0) : new long[rank];
        var outputPadding = arguments.Axes(rank, LayerParameter.OutputPadding, 0);
        if (arguments.Flag(LayerParameter.KeepsSize) is not { } keepsSize || kernel is null || strides is null || dilations is null || padding is null || outputPadding is null) return null;
        if (word is not null && !Is(word, "same") && !Is(word, "valid")) return null;

        return new ConvolutionLayer(arguments.Method, 0, 0, 1, kernel)
        {
            Strides = strides,
            Dilations = dilations,
            Padding = padding,
            OutputPadding = outputPadding,
            KeepsSize = keepsSize || Is(word, "same"),
        };
    }

    // Another filling is work before the convolution, which then sees a larger image.
    private static bool IsPaddedWithZeros(LayerArguments arguments) =>
        arguments.Word(LayerParameter.PaddingMode) is { } word ? Is(word, Zeros) : arguments.Written(LayerParameter.PaddingMode) is null;

    private static bool Is(string? word, string expected) => string.Equals(word, expected, StringComparison.OrdinalIgnoreCase);

    // The three numbers of a depthwise convolution change together; the diagnostic stands at the first.
    private static Dictionary<WidthRole, IReadOnlyList<IOperation>> Together(LayerArguments arguments)
    {
        LayerParameter[] parameters = [LayerParameter.Inputs, LayerParameter.Groups, LayerParameter.Outputs];
        return new() { [WidthRole.Channels] = [.. parameters.Select(arguments.Written).OfType<IOperation>().Distinct()] };
    }
}
