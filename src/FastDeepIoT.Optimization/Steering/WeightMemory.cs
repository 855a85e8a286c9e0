using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>How many bytes the weights of a model take at other widths.</summary>
internal sealed class WeightMemory
{
    private readonly List<List<Use>> _constants = [];
    private readonly ILookup<Width, int> _constantsOf;

    internal WeightMemory(WidthGroups groups)
    {
        var indexOf = new Dictionary<string, int>();
        foreach (var name in groups.Graph.Graph.Node.SelectMany(node => node.Input).Where(name => name.Length > 0).Distinct())
            if (groups.Graph.Constant(name) is { } constant && groups.AxesOf(name) is { } axes)
            {
                if (indexOf.TryAdd(groups.OriginalOf(name), _constants.Count)) _constants.Add([]);
                _constants[indexOf[groups.OriginalOf(name)]].Add(new Use(axes, new TensorShape([], (TensorProto.Types.DataType)constant.DataType).ElementBytes));
            }

        _constantsOf = _constants.SelectMany((uses, index) => uses.SelectMany(use => use.Axes).SelectMany(axis => axis.Leaves()).Distinct().Select(width => (width, index)))
            .ToLookup(pair => pair.width, pair => pair.index);
    }

    /// <summary>Bytes of all weights at given sizes of widths.</summary>
    internal long Bytes(Func<Width, long> sizes) => _constants.Sum(uses => Bytes(uses, sizes));

    /// <summary>Bytes of the weights that have a width, at given sizes of widths.</summary>
    internal long BytesOf(Width width, Func<Width, long> sizes) => _constantsOf[width].Sum(index => Bytes(_constants[index], sizes));

    // Readers of one constant share it as long as they want it of the same shape.
    private static long Bytes(List<Use> uses, Func<Width, long> sizes) => uses.Count == 1
        ? uses[0].Bytes(sizes)
        : uses.DistinctBy(use => string.Join(' ', use.Axes.Select(axis => WidthChange.SizeOf(axis, sizes)))).Sum(use => use.Bytes(sizes));

    private sealed record Use(IReadOnlyList<Extent> Axes, int ElementBytes)
    {
        internal long Bytes(Func<Width, long> sizes) => Axes.Aggregate((long)ElementBytes, (bytes, axis) => bytes * WidthChange.SizeOf(axis, sizes));
    }
}
