using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// The declared shape of one item of a network's input: channels or features first, then the spatial axes or the steps; for a network that
/// reads tokens, their number alone.
/// </summary>
internal sealed record InputShape(IReadOnlyList<long> Axes)
{
    private static readonly char[] _separators = ['x', 'X', '×', ',', ' '];

    /// <summary>The shape written as <c>3x224x224</c>, or null when the text is none.</summary>
    internal static InputShape? Parse(string? text)
    {
        if (text is null) return null;

        var axes = text.Split(_separators, StringSplitOptions.RemoveEmptyEntries).Select(ParseAxis).ToArray();
        return axes.Length > 0 && axes.All(axis => axis > 0) ? new InputShape(axes) : null;
    }

    /// <summary>The shape of one item of a tensor between layers; null when it is not known, or not the same in every situation.</summary>
    internal static InputShape? Of(Flow flow)
    {
        if (flow.Width is not { } width) return null;
        if (flow.FeaturesLast) return new InputShape([width]);

        var sizes = flow.Sizes?.Distinct(SizeComparer.Instance).ToList();
        return sizes is [{ } size] ? new InputShape([width, .. size]) : null;
    }

    private static long ParseAxis(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var axis) ? axis : 0;

    /// <summary>The size beside the features when the layer can be the one that reads this input; otherwise null.</summary>
    internal IReadOnlyList<long>? SizeFor(ConstructedLayer layer)
    {
        var spatial = Axes.Skip(1).ToArray();
        if (layer.Shape is EmbeddingLayer) return spatial.Length == 0 ? Axes : null;
        if (layer.Input is not { } input || Axes[0] != input.Width) return null;
        if (layer.Shape is ConvolutionLayer convolution) return spatial.Length == convolution.Kernel.Count ? spatial : null;

        return spatial.Length > 1 ? null : spatial.Length == 1 ? spatial : [1];
    }
}
