using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads pooling, as modules and as functions: what they do to spatial sizes.</summary>
internal static class PoolingReader
{
    internal static PassModule? Read(Arguments arguments) => arguments.Method switch
    {
        "MaxPool1d" or "AvgPool1d" or "max_pool1d" or "avg_pool1d" => new PassModule(Window(arguments, 1)),
        "MaxPool2d" or "AvgPool2d" or "max_pool2d" or "avg_pool2d" => new PassModule(Window(arguments, 2)),
        "AdaptiveAvgPool1d" or "adaptive_avg_pool1d" => new PassModule(Fixed(arguments, 1)),
        "AdaptiveAvgPool2d" or "adaptive_avg_pool2d" => new PassModule(Fixed(arguments, 2)),
        "AdaptiveAvgPool3d" or "adaptive_avg_pool3d" => new PassModule(Fixed(arguments, 3)),
        "PReLU" => new PassModule(size => size),
        _ => null,
    };

    private static SizeRule? Window(Arguments arguments, int rank)
    {
        var ones = Enumerable.Repeat(1L, rank).ToArray();
        var kernel = arguments.Axes(rank, [], "kernel_size", "kernelSize");
        if (kernel is not { Count: > 0 }) return null;

        var strides = arguments.Axes(rank, kernel, "stride", "strides");
        var padding = arguments.Axes(rank, new long[rank], "padding");
        var dilations = arguments.Axes(rank, ones, "dilation");
        var roundUp = arguments.Flag("ceil_mode", "ceilMode");
        if (strides is null || padding is null || dilations is null || roundUp is null) return null;
        if (kernel.Concat(strides).Concat(dilations).Any(number => number < 1)) return null;

        long Windows(long axis, int i) => Size.Windows(axis, kernel[i], strides[i], padding[i], dilations[i], roundUp.Value);
        return size => Size.Over(rank, size) is { } axes ? Fitting(axes.Select(Windows).ToArray()) : null;
    }

    private static SizeRule? Fixed(Arguments arguments, int rank) =>
        arguments.Axes(rank, [], "output_size", "outputSize") is { Count: > 0 } size && size.All(axis => axis > 0)
            ? _ => size
            : null;

    private static IReadOnlyList<long>? Fitting(long[] size) => size.All(axis => axis > 0) ? size : null;
}
