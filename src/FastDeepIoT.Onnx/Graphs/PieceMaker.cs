using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Makes models of stretches of a graph. Constants, wherever they are written, are given to every stretch that reads them.</summary>
internal sealed class PieceMaker
{
    private const int Never = -1;

    private readonly ModelProto _model;
    private readonly Dictionary<string, NodeProto> _constants = [];
    private readonly Dictionary<string, TensorProto> _initializers;
    private readonly Dictionary<string, ValueInfoProto> _inputs;
    private readonly Dictionary<string, int> _lastRead = [];
    private readonly HashSet<string> _outputs;

    internal PieceMaker(ModelProto model)
    {
        _model = model;
        _initializers = model.Graph.Initializer.ToDictionary(tensor => tensor.Name);
        _inputs = model.Graph.Input.ToDictionary(input => input.Name);
        foreach (var node in model.Graph.Node.Where(IsConstant)) _constants[node.Output[0]] = node;
        Nodes = [.. model.Graph.Node.Where(node => !IsConstant(node))];
        for (var index = 0; index < Nodes.Count; index++)
            foreach (var name in Reads(Nodes[index])) _lastRead[name] = index;
        _outputs = [.. model.Graph.Output.Select(output => output.Name)];
    }

    /// <summary>The nodes that compute something, in running order.</summary>
    internal IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>The last node that reads a tensor; below zero when none does.</summary>
    internal int LastRead(string name) => _lastRead.GetValueOrDefault(name, Never);

    /// <summary>Whether a node has weights: a constant that is longer than one along two axes or more.</summary>
    internal bool HasWeights(NodeProto node) => node.Input.Any(name => ConstantOf(name)?.Dims.Count(size => size > 1) > 1);

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
            foreach (var name in Reads(Nodes[index]).Where(known.Add)) Provide(piece.Graph, name, shapes);
            piece.Graph.Node.Add(Nodes[index]);
            known.UnionWith(Nodes[index].Output);
        }

        piece.Graph.Output.Add(outputs.Select(name => new ValueInfoProto { Name = name }));
        return piece;
    }

    /// <summary>What a node reads, in its subgraphs too.</summary>
    internal static IEnumerable<string> Reads(NodeProto node) => node.Input.Where(name => name.Length > 0)
        .Concat(node.Subgraphs().SelectMany(graph => graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name))));

    private TensorProto? ConstantOf(string name) =>
        _initializers.GetValueOrDefault(name) ?? (_constants.TryGetValue(name, out var node) ? ConstantValue.Of(node) : null);

    // A name of nobody belongs to a subgraph, or the runtime will say what it thinks of it.
    private void Provide(GraphProto piece, string name, IReadOnlyDictionary<string, TensorShape> shapes)
    {
        if (_constants.TryGetValue(name, out var constant)) piece.Node.Add(constant);
        if (_initializers.TryGetValue(name, out var tensor)) piece.Initializer.Add(tensor);
        if (_inputs.TryGetValue(name, out var input)) piece.Input.Add(input);
        else if (tensor is null && constant is null && shapes.TryGetValue(name, out var shape)) piece.Input.Add(shape.Declare(name));
    }

    private static bool IsConstant(NodeProto node) => node is { OpType: "Constant", Input.Count: 0, Output.Count: 1 };
}
