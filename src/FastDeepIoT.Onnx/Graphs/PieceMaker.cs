using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Makes models of stretches of a graph. Constants, wherever they are written or from whichever they are computed, are given to every stretch that reads them.
/// </summary>
internal sealed class PieceMaker
{
    private const int Never = -1;

    private readonly ModelProto _model;
    // Every stretch that reads a constant computes it again; what takes more nodes than this is computed once, as anything else.
    private const int MostNodesOfConstant = 16;

    private readonly Dictionary<string, Constant> _constants = [];
    private readonly Dictionary<string, TensorProto> _initializers;
    private readonly Dictionary<string, ValueInfoProto> _inputs;
    private readonly Dictionary<string, int> _lastRead = [];
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _replaceable;

    internal PieceMaker(ModelProto model)
    {
        _model = model;
        _initializers = model.Graph.Initializer.ToDictionary(tensor => tensor.Name);
        _inputs = model.Graph.Input.ToDictionary(input => input.Name);
        _replaceable = [.. model.Replaceable().Select(tensor => tensor.Name)];
        _outputs = [.. model.Graph.Output.Select(output => output.Name)];
        Nodes = [.. model.Graph.Node.Where(node => !TakeConstant(node))];
        for (var index = 0; index < Nodes.Count; index++)
            foreach (var name in Reads(Nodes[index])) _lastRead[name] = index;
    }

    /// <summary>The nodes that compute something, in running order.</summary>
    internal IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>The last node that reads a tensor; below zero when none does.</summary>
    internal int LastRead(string name) => _lastRead.GetValueOrDefault(name, Never);

    /// <summary>Whether a node has weights: a constant that is longer than one along two axes or more, or is computed from one.</summary>
    internal bool HasWeights(NodeProto node) => node.Input.Any(AreWeights);

    /// <summary>What a stretch computes that is read behind it, or is an output of the graph.</summary>
    internal IEnumerable<string> NamesLeaving(int from, int end) =>
        Enumerable.Range(from, end - from).SelectMany(index => Nodes[index].Output).Where(name => LastRead(name) >= end || _outputs.Contains(name));

    /// <summary>A model of some nodes.</summary>
    /// <param name="from">The first node.</param>
    /// <param name="end">The node behind the last.</param>
    /// <param name="outputs">What the model gives.</param>
    /// <param name="shapes">Shapes of what earlier nodes compute.</param>
    internal ModelProto Make(int from, int end, IEnumerable<string> outputs, IReadOnlyDictionary<string, TensorShape> shapes)
    {
        var piece = new ModelProto { IrVersion = _model.IrVersion, Graph = new GraphProto { Name = _model.Graph.Name } };
        piece.OpsetImport.Add(_model.OpsetImport);
        piece.Functions.Add(_model.Functions);
        var known = new HashSet<string>();
        for (var index = from; index < end; index++)
        {
            foreach (var name in Reads(Nodes[index])) Provide(piece.Graph, name, shapes, known);
            piece.Graph.Node.Add(Nodes[index]);
            known.UnionWith(Nodes[index].Output);
        }

        piece.Graph.Output.Add(outputs.Select(name => new ValueInfoProto { Name = name }));
        return piece;
    }

    /// <summary>What a node reads, in its subgraphs too.</summary>
    internal static IEnumerable<string> Reads(NodeProto node) => node.Input.Where(name => name.Length > 0)
        .Concat(node.Subgraphs().SelectMany(graph => graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name))));

    private bool AreWeights(string name) => _constants.TryGetValue(name, out var constant) ? constant.AreWeights
        : _initializers.TryGetValue(name, out var tensor) && AreWeights(tensor);

    private static bool AreWeights(TensorProto tensor) => tensor.Dims.Count(size => size > 1) > 1;

    // A name of nobody belongs to a subgraph, or the runtime will say what it thinks of it.
    private void Provide(GraphProto piece, string name, IReadOnlyDictionary<string, TensorShape> shapes, HashSet<string> known)
    {
        if (name.Length == 0 || !known.Add(name)) return;
        if (_constants.TryGetValue(name, out var constant))
        {
            foreach (var source in constant.Node.Input) Provide(piece, source, shapes, known);
            piece.Node.Add(constant.Node);
        }

        if (_initializers.TryGetValue(name, out var tensor)) piece.Initializer.Add(tensor);
        if (_inputs.TryGetValue(name, out var input)) piece.Input.Add(input);
        else if (tensor is null && constant is null && shapes.TryGetValue(name, out var shape)) piece.Input.Add(shape.Declare(name));
    }

    private bool TakeConstant(NodeProto node)
    {
        if (node.Output.Count != 1 || _outputs.Contains(node.Output[0]) || !node.IsRepeatable()) return false;
        if (node.Input.Count == 0 && node.OpType != "Constant") return false;

        var (nodes, weights) = (1, node.Input.Count == 0 && ConstantValue.Of(node) is { } value && AreWeights(value));
        foreach (var name in node.Input.Where(name => name.Length > 0))
        {
            if (_replaceable.Contains(name) || !(_constants.TryGetValue(name, out var constant) || _initializers.ContainsKey(name))) return false;
            nodes += constant?.Nodes ?? 0;
            weights |= AreWeights(name);
        }

        if (nodes > MostNodesOfConstant) return false;

        _constants[node.Output[0]] = new Constant(node, nodes, weights);
        return true;
    }

    private sealed record Constant(NodeProto Node, int Nodes, bool AreWeights);
}
