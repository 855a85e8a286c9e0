using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads pooling, as modules and as functions: what they do to spatial sizes.</summary>
internal static class PoolingReader
{
    internal static PassModule? Read(Arguments arguments) => arguments.Method switch
    {
        "MaxPool1d" or "max_pool1d" => Window(arguments, 1, "MaxPool"),
        "MaxPool2d" or "max_pool2d" => Window(arguments, 2, "MaxPool"),
        "MaxPool3d" or "max_pool3d" => Window(arguments, 3, "MaxPool"),
        "AvgPool1d" or "avg_pool1d" => Window(arguments, 1, "AveragePool"),
        "AvgPool2d" or "avg_pool2d" => Window(arguments, 2, "AveragePool"),
        "AvgPool3d" or "avg_pool3d" => Window(arguments, 3, "AveragePool"),
        "AdaptiveAvgPool1d" or "adaptive_avg_pool1d" => Fixed(arguments, 1, "AveragePool"),
        "AdaptiveAvgPool2d" or "adaptive_avg_pool2d" => Fixed(arguments, 2, "AveragePool"),
        "AdaptiveAvgPool3d" or "adaptive_avg_pool3d" => Fixed(arguments, 3, "AveragePool"),
        "AdaptiveMaxPool1d" or "adaptive_max_pool1d" => Fixed(arguments, 1, "MaxPool"),
        "AdaptiveMaxPool2d" or "adaptive_max_pool2d" => Fixed(arguments, 2, "MaxPool"),
        "AdaptiveMaxPool3d" or "adaptive_max_pool3d" => Fixed(arguments, 3, "MaxPool"),
        _ => null,
    };

    private static PassModule Window(Arguments arguments, int rank, string name)
    {
        var ones = Enumerable.Repeat(1L, rank).ToArray();
        var kernel = arguments.Axes(rank, [], "kernel_size", "kernelSize", "kernelSizes");
        if (kernel is not { Count: > 0 }) return new PassModule(Rule: null);

        var strides = arguments.Axes(rank, kernel, "stride", "strides");
        var padding = arguments.Axes(rank, new long[rank], "padding");
        var dilations = arguments.Axes(rank, ones, "dilation");
        var roundUp = arguments.Has("ceil_mode", "ceilMode") ? arguments.Flag("ceil_mode", "ceilMode") : false;
        if (strides is null || padding is null || dilations is null || roundUp is null) return new PassModule(Rule: null);
        if (kernel.Concat(strides).Concat(dilations).Any(number => number < 1)) return new PassModule(Rule: null);

        long Windows(long axis, int i) => Size.Windows(axis, kernel[i], strides[i], padding[i], dilations[i], roundUp.Value);
        return new PassModule(
            size => Size.Over(rank, size) is { } axes ? Fitting(axes.Select(Windows).ToArray()) : null,
            RuntimeOperator.Window(name, Size.Product(kernel), Size.Product(strides)));
    }

    private static PassModule Fixed(Arguments arguments, int rank, string name) =>
        arguments.Axes(rank, [], "output_size", "outputSize") is { Count: > 0 } size && size.All(axis => axis > 0)
            ? new PassModule(_ => size, size.All(axis => axis == 1) ? RuntimeOperator.GlobalPool($"Global{name}") : RuntimeOperator.Tiling(name))
            : new PassModule(Rule: null);

    private static IReadOnlyList<long>? Fitting(long[] size) => size.All(axis => axis > 0) ? size : null;
}
