using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Walks a graph in running order and describes every axis of every tensor by the widths it is made of. Starts with a width for
/// every axis of every floating-point constant and takes freedom away: what is visible outside, or not understood, stays.
/// </summary>
internal sealed class WidthAnalysis
{
    private readonly Dictionary<string, IReadOnlyList<Extent>?> _axes = [];
    private readonly Dictionary<string, IReadOnlyList<SizeValue>> _sizes = [];
    private readonly HashSet<string> _readEarly = [];
    private readonly Func<string, IReadOnlyList<Extent>?> _given;
    private readonly List<Coupling> _understood = [];
    private readonly bool _canLoad;

    /// <summary>Analyses a graph.</summary>
    /// <param name="graph">The graph, with shapes that leave sizes unknown which only running tells.</param>
    /// <param name="given">Axes known from elsewhere, by tensor; null for all others.</param>
    /// <param name="canLoad">Whether constants in other files can be read.</param>
    internal WidthAnalysis(ModelGraph graph, Func<string, IReadOnlyList<Extent>?>? given = null, bool canLoad = false)
    {
        (Graph, _canLoad) = (graph, canLoad);
        _given = given ?? (_ => null);
        Opset = graph.Model.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 1;
        foreach (var input in graph.Graph.Input.Where(input => graph.Constant(input.Name) is null)) _axes[input.Name] = AxesOf(input);
        for (var index = 0; index < graph.Graph.Node.Count; index++) Visit(index);
        foreach (var output in graph.Graph.Output)
            FixAll(output.Name, new FixedReason($"graph output '{output.Name}'", "is visible outside"));
    }

    /// <summary>The graph.</summary>
    internal ModelGraph Graph { get; }

    /// <summary>Which widths are equal.</summary>
    internal ExtentSolver Solver { get; } = new();

    /// <summary>The version of the standard operator set.</summary>
    internal long Opset { get; }

    /// <summary>Numbers in the file that are sizes.</summary>
    internal List<SizeBinding> Bindings { get; } = [];

    /// <summary>Lists of positions in the file.</summary>
    internal List<PickBinding> Picks { get; } = [];

    /// <summary>Constants whose added elements must be one instead of zero.</summary>
    internal HashSet<string> FillWithOne { get; } = [];

    /// <summary>The nodes whose rules were applied, in running order.</summary>
    internal IReadOnlyList<Coupling> Understood => _understood;

    /// <summary>The tensors whose axes are known, constants that a node reads included.</summary>
    internal IEnumerable<string> Tensors => _axes.Keys;

    /// <summary>The axes of a tensor or constant; null when its rank is not known.</summary>
    internal IReadOnlyList<Extent>? AxesOf(string name)
    {
        if (_given(name) is { } given)
        {
            _axes.TryAdd(name, given); // a constant whose widths were given is one of the tensors too
            return given;
        }

        if (_axes.TryGetValue(name, out var axes)) return axes;
        return Graph.Constant(name) is { } constant ? _axes[name] = AxesOf(constant) : null;
    }

    internal void SetAxes(string name, IReadOnlyList<Extent>? axes)
    {
        if (axes is not null && _given(name) is { } given && given.Count == axes.Count)
            for (var i = 0; i < axes.Count; i++) Solver.Unify(axes[i], given[i], new FixedReason(name, "is given"));
        _axes[name] = axes;
        if (_readEarly.Contains(name)) FixAll(name, new FixedReason(name, "is read before it is written"));
    }

    /// <summary>The sizes an integer tensor holds, when they are computed from shapes.</summary>
    internal IReadOnlyList<SizeValue>? SizesOf(string name) => _sizes.GetValueOrDefault(name);

    internal void SetSizes(string name, IReadOnlyList<SizeValue> sizes) => _sizes[name] = sizes;

    /// <summary>The numbers of a constant integer list or scalar, or null.</summary>
    internal IReadOnlyList<long>? Integers(string name) =>
        Graph.Constant(name) is { Dims.Count: <= 1, DataType: (int)DataType.Int64 or (int)DataType.Int32 } constant && !IsExternal(constant)
            ? TensorValues.Integers(constant)
            : null;

    internal string NameOf(NodeProto node) =>
        Printable.Of(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(name => name.Length > 0) ?? node.OpType);

    private void Visit(int index)
    {
        var coupling = new Coupling(this, index);
        var node = coupling.Node;
        if (node.OpType == "Constant" && node.Output.Count == 1 && Graph.Constant(node.Output[0]) is not null) return;

        foreach (var name in node.Input.Where(name => name.Length > 0 && AxesOf(name) is null)) _readEarly.Add(name);
        var why = NotUnderstood(coupling) ?? Inconsistent(node);
        if (why is not null) LeaveAlone(node, new FixedReason(NameOf(node), $"{node.OpType} {why}"));
        else
        {
            FixLost(coupling);
            _understood.Add(coupling);
        }

        for (var input = 0; input < node.Input.Count; input++)
            if (!coupling.ValuesRead.Contains(input))
                FixSizes(node.Input[input], new FixedReason(NameOf(node), $"{node.OpType} computes with the size"));
    }

    // A width that enters a node and neither leaves it, nor is summed over, nor is said to end there, is one its rule has forgotten.
    private void FixLost(Coupling coupling)
    {
        var node = coupling.Node;
        var inputs = node.Input.Where(name => name.Length > 0).SelectMany(name => AxesOf(name)!).SelectMany(Solver.Open).ToHashSet();
        if (inputs.Count == 0) return;

        inputs.ExceptWith(node.Output.Where(name => name.Length > 0).SelectMany(name => AxesOf(name) ?? []).SelectMany(Solver.Open));
        inputs.ExceptWith(coupling.Contractions.Select(contraction => contraction.Over).Concat(coupling.Dropped).SelectMany(Solver.Open));
        foreach (var width in inputs) coupling.Fix(width, "needs it as it is");
    }

    private string? NotUnderstood(Coupling coupling)
    {
        var node = coupling.Node;
        if (IsCopyOfConstant(node)) return "only copies a constant";
        if (node.Domain is not ("" or "ai.onnx" or "com.microsoft")) return $"of domain {node.Domain} is not known";
        if (node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0)) return "has graphs of its own";
        if (node.Input.FirstOrDefault(name => name.Length > 0 && AxesOf(name) is null) is { } unknown)
            return $"reads '{unknown}', whose number of axes is not known";
        return OperatorTable.Find(node.OpType)?.Widths is { } rule ? Couple(rule, coupling) : "is not known";
    }

    // Rules find axes by their position. Tensors of another rank than an operator takes, the runtime may notice no earlier than it runs it.
    private static string? Couple(WidthRule rule, Coupling coupling)
    {
        try
        {
            return rule.Couple(coupling);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return "has tensors of another rank than it takes";
        }
    }

    private string? Inconsistent(NodeProto node)
    {
        foreach (var output in node.Output.Where(name => name.Length > 0))
        {
            if (Graph.Shapes.Find(output)?.Shape is not { Count: > 0 } shape) continue;
            if (AxesOf(output) is not { } axes || axes.Count != shape.Count
                || axes.Zip(shape).Any(pair => pair.First.Size >= 0 && pair.Second >= 0 && pair.First.Size != pair.Second))
                return "does not fit the shapes the runtime infers";
        }

        return null;
    }

    // Whatever a node nobody understands might do with a width, it does with the width it was made for.
    private void LeaveAlone(NodeProto node, FixedReason reason)
    {
        foreach (var name in node.Input.Concat(Captured(node)).Where(name => name.Length > 0))
        {
            FixAll(name, reason);
            FixSizes(name, reason);
        }

        foreach (var output in node.Output.Where(name => name.Length > 0))
        {
            SetAxes(output, Graph.Shapes.Find(output)?.Shape is { Count: > 0 } shape
                ? shape.Select(size => (Extent)new FixedExtent(size < 0 ? Extent.Unknown : size, reason)).ToList()
                : null);
            _sizes.Remove(output);
        }
    }

    private void FixAll(string name, FixedReason reason)
    {
        foreach (var axis in AxesOf(name) ?? []) Solver.Fix(axis, reason);
        if (reason.Node.StartsWith("graph output", StringComparison.Ordinal)) FixSizes(name, reason);
    }

    private void FixSizes(string name, FixedReason reason)
    {
        foreach (var size in SizesOf(name) ?? [])
            if (size.Extent is { } extent) Solver.Fix(extent, reason);
    }

    // Everything a subgraph mentions may be a tensor of this graph.
    private static IEnumerable<string> Captured(NodeProto node) => node.Attribute
        .SelectMany(attribute => attribute.G is { } graph ? attribute.Graphs.Prepend(graph) : attribute.Graphs)
        .SelectMany(graph => graph.Node.SelectMany(inner => inner.Input.Concat(Captured(inner))).Concat(graph.Output.Select(output => output.Name)));

    private static List<Extent>? AxesOf(ValueInfoProto input)
    {
        if (input.Type?.TensorType?.Shape is not { } shape) return null;

        var reason = new FixedReason($"graph input '{input.Name}'", "is visible outside");
        return shape.Dim.Select(dimension => (Extent)new FixedExtent(
            dimension.HasDimValue && dimension.DimValue > 0 ? dimension.DimValue : Extent.Unknown, reason)).ToList();
    }

    private List<Extent> AxesOf(TensorProto constant)
    {
        if (WhyFixed(constant) is not { } why) return constant.Dims.Select(Solver.Fresh).ToList();

        var reason = new FixedReason(constant.Name, why);
        return constant.Dims.Select(size => (Extent)new FixedExtent(size, reason)).ToList();
    }

    private string? WhyFixed(TensorProto constant) =>
        IsExternal(constant) && !_canLoad ? "lies in an external file"
        : IsReal(constant) ? null
        : "is not a floating-point constant";

    /// <summary>Whether a node only gives a constant another name: its readers are made to read the constant.</summary>
    internal bool IsCopyOfConstant(NodeProto node) => node.OpType == "Identity" && node.Input.Count == 1 && Graph.Constant(node.Input[0]) is not null;

    internal static bool IsReal(TensorProto constant) =>
        (DataType)constant.DataType is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    private static bool IsExternal(TensorProto constant) => constant.DataLocation == DataLocation.External;
}
