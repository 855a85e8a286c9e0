using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>How many bytes the weights of a model take at other widths.</summary>
internal sealed class WeightMemory
{
    private readonly List<(IReadOnlyList<Extent> Axes, int ElementBytes)> _constants = [];

    internal WeightMemory(WidthGroups groups)
    {
        foreach (var name in groups.Graph.Graph.Node.SelectMany(node => node.Input).Where(name => name.Length > 0).Distinct())
            if (groups.Graph.Constant(name) is { } constant && groups.AxesOf(name) is { } axes)
                _constants.Add((axes, new TensorShape([], (TensorProto.Types.DataType)constant.DataType).ElementBytes));
    }

    /// <summary>Bytes at given sizes of widths.</summary>
    internal long Bytes(Func<Width, long> sizes) =>
        _constants.Sum(constant => constant.Axes.Aggregate((long)constant.ElementBytes, (bytes, axis) => bytes * WidthChange.SizeOf(axis, sizes)));
}
