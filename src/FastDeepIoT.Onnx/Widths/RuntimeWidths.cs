using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// The widths of a model in the graph the runtime makes of it: what the runtime would run at other widths, without asking it again.
/// Tensors keep their names through the runtime's fusions, which tells their axes; the axes of fused weights follow by the same rules.
/// </summary>
public sealed class RuntimeWidths
{
    // Outputs, inputs, and positions along one axis at least.
    private const int FewestKernelAxes = 3;

    private readonly WidthGroups _groups;
    private readonly RuntimeGraph _runtime;
    private readonly HashSet<Width> _widths;
    private readonly WidthAnalysis _analysis;
    private readonly List<(NodeProto Node, int Index)> _nodes;
    private readonly Dictionary<string, IReadOnlyList<Extent>> _open = [];
    private readonly ILookup<int, SizeBinding> _attributes;

    /// <summary>Finds the widths of a model in its runtime graph.</summary>
    /// <param name="groups">The width groups of the model.</param>
    /// <param name="runtime">What the runtime makes of it, with free dimensions fixed.</param>
    public RuntimeWidths(WidthGroups groups, RuntimeGraph runtime)
    {
        (_groups, _runtime, _widths) = (groups, runtime, [.. groups.Open.Select(group => group.Width!)]);
        _analysis = new WidthAnalysis(runtime.Graph, Given, canLoad: true);
        _nodes = runtime.Graph.Graph.Node.Select((node, index) => (node, index)).Where(pair => pair.node.OpType != "Constant").ToList();
        foreach (var name in _analysis.Tensors.ToList())
            if (_runtime.Graph.Shape(name) is not null && _analysis.AxesOf(name)?.Select(_analysis.Solver.Resolve).ToList() is { } axes
                && axes.Any(axis => axis.Leaves().Any(IsOpen)))
                _open[name] = axes;
        _attributes = _analysis.Bindings.Where(binding => binding.Attribute is not null && !binding.Negative).ToLookup(binding => binding.Node);
        ExtentsOf = _nodes.Select(pair => Extents(pair.Node, pair.Index)).ToList();
        LayersOf = Collect(_nodes.Count, layer => _nodes[layer].Node.Input.Concat(_nodes[layer].Node.Output));
        TensorsOf = Collect(Network.Tensors.Count, tensor => [Network.Tensors[tensor].Name]);
    }

    /// <summary>The network at the widths the model has.</summary>
    public Network Network => _runtime.Network;

    /// <summary>The layers of the network that change with a group, in running order.</summary>
    public IReadOnlyDictionary<WidthGroup, IReadOnlyList<int>> LayersOf { get; }

    /// <summary>For every layer the sizes it depends on, where those can change: as long as they are the same, so is the layer.</summary>
    public IReadOnlyList<IReadOnlyList<Extent>> ExtentsOf { get; }

    /// <summary>The tensors of the network that change with a group.</summary>
    public IReadOnlyDictionary<WidthGroup, IReadOnlyList<int>> TensorsOf { get; }

    /// <summary>A layer of the network at other widths.</summary>
    public Layer? Describe(int layer, Func<Width, long> sizes)
    {
        var (node, index) = _nodes[layer];
        var shapes = _runtime.Graph.WithShapes(name => _open.ContainsKey(name) ? ShapeOf(name, sizes) : null);
        return OperatorTable.Find(node.OpType)?.Describe(new NodeView(Resized(node, index, sizes), shapes));
    }

    /// <summary>A tensor of the network at other widths.</summary>
    public NetworkTensor Describe(NetworkTensor tensor, Func<Width, long> sizes) =>
        _open.ContainsKey(tensor.Name) ? tensor with { Shape = ShapeOf(tensor.Name, sizes) } : tensor;

    // An extent whose size only running tells is told apart by the widths in it.
    private List<Extent> Extents(NodeProto node, int index) => node.Input.Concat(node.Output)
        .SelectMany(name => _open.GetValueOrDefault(name) ?? []).Concat(_attributes[index].Select(binding => _analysis.Solver.Resolve(binding.Extent)))
        .SelectMany(IEnumerable<Extent> (extent) => extent.Size == Extent.Unknown ? extent.Leaves() : [extent])
        .Where(extent => extent.Leaves().Any(IsOpen)).DistinctBy(extent => extent.ToString()).ToList();

    private IReadOnlyList<Extent>? Given(string name)
    {
        if (_groups.AxesOf(name) is not { } axes || !KeepsAxes(name, axes) || _runtime.Graph.Shape(name) is not { } shape) return null;

        var same = axes.Count == shape.Count && axes.Zip(shape).All(pair => pair.First.Size == Extent.Unknown || pair.First.Size == pair.Second);
        return same ? axes : null;
    }

    // Fusions may turn matrices and write them under the same name; kernels of convolutions they leave as they are. Readers of a shared constant
    // have widths of their own.
    private bool KeepsAxes(string name, IReadOnlyList<Extent> axes) =>
        _runtime.Graph.Constant(name) is null || (axes.Count >= FewestKernelAxes && axes.Any(axis => axis.Leaves().Any(IsOpen)));

    private long[] ShapeOf(string name, Func<Width, long> sizes)
    {
        var (axes, shape) = (_open[name], _runtime.Graph.Shape(name)!);
        var resized = new long[Math.Min(axes.Count, shape.Count)];
        for (var axis = 0; axis < resized.Length; axis++) resized[axis] = Resized(axes[axis], shape[axis], sizes);
        return resized;
    }

    // Parts of an axis that only running tells are as large as the size at hand says.
    private static long Resized(Extent axis, long size, Func<Width, long> sizes)
    {
        if (WidthChange.SizeOf(axis, sizes) is >= 0 and var known) return known;
        if (axis is not ProductExtent product) return size;

        var parts = product.Factors.Where(factor => factor.Size != Extent.Unknown).ToList();
        var before = parts.Aggregate(1L, (elements, factor) => elements * factor.Size);
        return before == 0 ? size : parts.Aggregate(size / before, (elements, factor) => elements * WidthChange.SizeOf(factor, sizes));
    }

    private NodeProto Resized(NodeProto node, int index, Func<Width, long> sizes)
    {
        NodeProto? resized = null;
        foreach (var binding in _attributes[index])
        {
            var extent = _analysis.Solver.Resolve(binding.Extent);
            if (!extent.Leaves().Any(IsOpen) || WidthChange.SizeOf(extent, sizes) is not (>= 0 and var size)) continue;

            resized ??= node.Clone();
            if (resized.Attribute.FirstOrDefault(attribute => attribute.Name == binding.Attribute) is { HasI: true } attribute) attribute.I = size;
        }

        return resized ?? node;
    }

    // A width that no weights carry belongs to no group, and stays.
    private bool IsOpen(Width width) => _widths.Contains(width);

    private Dictionary<WidthGroup, IReadOnlyList<int>> Collect(int count, Func<int, IEnumerable<string>> names)
    {
        var found = _groups.Open.ToDictionary(group => group.Width!, _ => new List<int>());
        for (var index = 0; index < count; index++)
            foreach (var width in names(index).SelectMany(name => _open.GetValueOrDefault(name) ?? []).SelectMany(axis => axis.Leaves()).Where(IsOpen).Distinct())
                found[width].Add(index);
        return _groups.Open.ToDictionary(group => group, group => (IReadOnlyList<int>)found[group.Width!]);
    }
}
