using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>How many bytes the weights of a model take at other widths.</summary>
internal sealed class WeightMemory
{
    private readonly List<(IReadOnlyList<Extent> Axes, int ElementBytes)> _constants = [];
    private readonly ILookup<Width, int> _constantsOf;

    internal WeightMemory(WidthGroups groups)
    {
        foreach (var name in groups.Graph.Graph.Node.SelectMany(node => node.Input).Where(name => name.Length > 0).Distinct())
            if (groups.Graph.Constant(name) is { } constant && groups.AxesOf(name) is { } axes)
                _constants.Add((axes, new TensorShape([], (TensorProto.Types.DataType)constant.DataType).ElementBytes));
        _constantsOf = _constants.SelectMany((constant, index) => constant.Axes.SelectMany(axis => axis.Leaves()).Distinct().Select(width => (width, index)))
            .ToLookup(pair => pair.width, pair => pair.index);
    }

    /// <summary>Bytes of all weights at given sizes of widths.</summary>
    internal long Bytes(Func<Width, long> sizes) => _constants.Sum(constant => Bytes(constant, sizes));

    /// <summary>Bytes of the weights that have a width, at given sizes of widths.</summary>
    internal long BytesOf(Width width, Func<Width, long> sizes) => _constantsOf[width].Sum(index => Bytes(_constants[index], sizes));

    private static long Bytes((IReadOnlyList<Extent> Axes, int ElementBytes) constant, Func<Width, long> sizes) =>
        constant.Axes.Aggregate((long)constant.ElementBytes, (bytes, axis) => bytes * WidthChange.SizeOf(axis, sizes));
}
