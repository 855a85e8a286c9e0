using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Looks for places where a graph is cut with the least harm: only where real numbers of known shapes go over, so that no size is computed on one side
/// and used on the other; between no layer with weights and what follows it, which the runtime fuses; where few tensors go over; and rather before a
/// layer with weights.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="shapes">The shapes of what its nodes compute, as far as they were inferred.</param>
internal sealed class CutSearch(PieceMaker graph, IReadOnlyDictionary<string, TensorShape> shapes)
{
    private readonly HashSet<string> _ofWeights = [];

    // What goes over the last cut.
    private HashSet<string> _crossing = [];

    /// <summary>The node before which to cut a stretch, in its second half; null when that can be nowhere.</summary>
    /// <param name="from">The first node of the stretch, which the last cut was before.</param>
    /// <param name="end">The node behind its last, which is not the graph's last.</param>
    internal int? Find(int from, int end)
    {
        var (crossing, found) = (new HashSet<string>(_crossing), _crossing);
        var (best, least) = ((int?)null, (int.MaxValue, 0, 0));
        for (var cut = from + 1; cut <= end; cut++)
        {
            Pass(cut - 1, crossing);
            if (cut <= from + (end - from) / 2 || Harm(cut, crossing) is not { } harm || harm.CompareTo(least) > 0) continue;
            (best, least, found) = (cut, harm, new HashSet<string>(crossing));
        }

        _crossing = found;
        return best;
    }

    private void Pass(int index, HashSet<string> crossing)
    {
        var node = graph.Nodes[index];
        if (graph.HasWeights(node)) _ofWeights.UnionWith(node.Output);
        crossing.UnionWith(node.Output.Where(name => graph.LastRead(name) > index));
        crossing.ExceptWith(PieceMaker.Reads(node).Where(name => graph.LastRead(name) == index));
    }

    private (int Fused, int Crossing, int Unprepared)? Harm(int cut, HashSet<string> crossing) =>
        crossing.All(IsPlain) ? (crossing.Count(IsFused), crossing.Count, graph.HasWeights(graph.Nodes[cut]) ? 0 : 1) : null;

    private bool IsFused(string name) => _ofWeights.Contains(name) && !graph.HasWeights(graph.Nodes[graph.LastRead(name)]);

    private bool IsPlain(string name) => shapes.TryGetValue(name, out var shape) && shape.Shape.Count > 0 && shape.Shape.All(size => size > 0)
        && shape.ElementType is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;
}
