using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>The declared shape of one item of a network's input: channels or features first, then the spatial axes.</summary>
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

    private static long ParseAxis(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var axis) ? axis : 0;

    /// <summary>The size beside the features when the layer can be the one that reads this input; otherwise null.</summary>
    internal IReadOnlyList<long>? SizeFor(ConstructedLayer layer)
    {
        if (layer.Input is not { } input || Axes[0] != input.Width) return null;

        var rank = layer.Shape is ConvolutionLayer convolution ? convolution.Kernel.Count : 0;
        return Axes.Count - 1 != rank ? null : rank == 0 ? [1] : Axes.Skip(1).ToArray();
    }
}
