using System.Globalization;
using System.Text.RegularExpressions;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Layers of one kind that differ in one width only.</summary>
/// <param name="Name">What stays the same, in words.</param>
/// <param name="Widths">The widths to try.</param>
/// <param name="LayerOf">The layer at a width; null when there is none.</param>
internal sealed partial record WidthSweep(string Name, IReadOnlyList<long> Widths, Func<long, Layer?> LayerOf)
{
    /// <summary>The widest layer drawn: steps have to stay visible.</summary>
    private const long WidestDrawn = 160;

    /// <summary>Representative sweeps of a kind: everything but the width lies in the middle of what was seen.</summary>
    internal static IReadOnlyList<WidthSweep> Of(KindModel kind)
    {
        var seen = new SeenShapes(kind);
        return kind.Family.Name switch
        {
            _ when kind.Family == LayerFamily.Convolution => Convolutions(kind.Kind, seen),
            _ when kind.Family == LayerFamily.Matrix => Matrices(kind.Kind, seen),
            _ when kind.Family == LayerFamily.Recurrent => Recurrent(kind.Kind, seen),
            _ => Elements(kind.Kind, seen),
        };
    }

    /// <summary>What the width of a kind is called.</summary>
    internal static string WidthOf(LayerFamily family) =>
        family == LayerFamily.Matrix ? "columns" : family == LayerFamily.Recurrent ? "hidden units" : "channels";

    private static List<WidthSweep> Convolutions(string kind, SeenShapes seen)
    {
        var rank = Rank().Match(kind) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 2;
        var side = Math.Max(1, (long)Math.Round(Math.Pow(seen.Middle("outputPositions"), 1.0 / rank)));
        var depthwise = kind.StartsWith("Depthwise", StringComparison.Ordinal);
        var groups = kind.StartsWith("Grouped", StringComparison.Ordinal) ? seen.Middle("groups") : 1;
        List<long> kernels = [.. (depthwise ? new long[] { 3, 5 } : [1, 3]).Where(size => seen.Has("kernel", Math.Pow(size, rank)))];
        if (kernels.Count == 0) kernels = [seen.Middle("kernelWidth")];
        return [.. kernels.Select(size => new WidthSweep(
            $"kernel {Times(size, rank)}, output {Times(side, rank)}", Range(seen, "outputChannels"),
            width => Convolution(kind, width, depthwise ? width : groups, Repeat(size, rank), Repeat(side, rank))))];
    }

    private static Layer? Convolution(string kind, long width, long groups, long[] kernel, long[] size)
    {
        if (width % groups != 0) return null;

        var layer = Layers.Convolution(new ConvolutionShape
        {
            InputChannels = width,
            OutputChannels = width,
            Groups = groups,
            Kernel = kernel,
            InputSize = size,
            OutputSize = size,
            Transposed = kind.StartsWith("Transposed", StringComparison.Ordinal),
        });
        return layer.Kind == kind ? layer : null;
    }

    private static List<WidthSweep> Matrices(string kind, SeenShapes seen)
    {
        var inner = seen.Middle("inner");
        return [.. new[] { (long)seen.Least("rows"), seen.Middle("rows") }.Distinct().Select(rows => new WidthSweep(
            $"{Number.Count((int)rows, "row")}, inner length {inner}", Range(seen, "columns"),
            width => Layers.MatrixProduct((long)seen.Least("products"), rows, inner, width, kind == "MatrixProduct")))];
    }

    private static List<WidthSweep> Recurrent(string kind, SeenShapes seen)
    {
        var (steps, inputs) = (seen.Middle("steps"), seen.Middle("inputs"));
        return [new WidthSweep($"{Number.Count((int)steps, "step")}, {Number.Count((int)inputs, "input")}", Range(seen, "hidden"),
            width => Layers.Recurrent(kind, steps, (long)seen.Least("batch"), inputs, width, (long)seen.Least("directions")))];
    }

    private static List<WidthSweep> Elements(string kind, SeenShapes seen)
    {
        var positions = Math.Max(1, seen.Middle("outputElements") / seen.Middle("channels"));
        return [new WidthSweep(Number.Count((int)positions, "position"), Range(seen, "channels"), width => Layers.Elements(kind, new()
        {
            InputElements = seen.Nearest("inputElements", width * positions),
            OutputElements = seen.Nearest("outputElements", width * positions),
            OtherElements = seen.Nearest("otherElements", 0),
            Inputs = seen.Least("inputs"),
            Channels = width,
            ChannelsDivisor = width,
            Axis = seen.Nearest("axis", width),
            Inner = seen.Nearest("inner", positions),
            Outer = seen.Nearest("outer", 1),
            Kernel = seen.Middle("kernel"),
            Stride = seen.Least("stride"),
            ElementBytes = seen.Least("elementBytes"),
            Width = seen.Middle("width"),
        }))];
    }

    private static List<long> Range(SeenShapes seen, string feature)
    {
        var (least, most) = ((long)Math.Ceiling(seen.Least(feature)), (long)Math.Min(seen.Most(feature), WidestDrawn));
        return [.. Enumerable.Range(0, (int)Math.Max(0, most - least + 1)).Select(offset => least + offset)];
    }

    private static long[] Repeat(long size, int rank) => [.. Enumerable.Repeat(size, rank)];

    private static string Times(long size, int rank) => string.Join('x', Repeat(size, rank));

    [GeneratedRegex(@"(\d)D$")]
    private static partial Regex Rank();
}
