using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.AttributeProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>A node of a flat model, and where it stands in the model itself.</summary>
/// <param name="Flat">The node, with names as the flat model has them.</param>
/// <param name="Real">The node of the model that has its inputs; null where none has.</param>
internal sealed record FlatNode(NodeProto Flat, NodeProto? Real);

/// <summary>
/// A model with the subgraphs of If, Loop and Scan laid out in one list of nodes, so that widths can be followed into them and out again. What
/// enters and leaves a subgraph passes through nodes that exist in no model: <c>If</c>, whose inputs are the condition and the results of
/// both branches; <c>Loop.Begin</c> and <c>Scan.Begin</c>, whose outputs are what the body starts with; <c>Loop</c> and <c>Scan</c>, whose
/// inputs are what the body ends with, and then the states it started with.
/// </summary>
internal sealed class FlatModel
{
    /// <summary>The attribute that tells how many states a loop carries.</summary>
    internal const string States = "states";

    /// <summary>What marks a node that stands at the beginning of a body.</summary>
    internal const string Begin = ".Begin";

    // Names in a model are texts without control characters; a model that has one all the same is not looked into.
    private const char Separator = '\u0002';

    private const string Body = "body";

    private static readonly string[] Branches = ["then_branch", "else_branch"];

    // Up to this operator set, Scan went over batches too.
    private const long FirstScan = 9;

    private readonly long _opset;
    private readonly bool _open;
    private readonly List<FlatNode> _nodes = [];
    private readonly List<TensorProto> _constants = [];
    private readonly List<(ValueInfoProto, string)> _declarations = [];

    private FlatModel(ModelProto model, bool open)
    {
        (_opset, _open) = (model.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 1, open && model.Graph.Node.All(HasPlainNames));
        HasSubgraphs = _open && model.Graph.Node.Any(CanOpen);
        Visit(model.Graph, FlatScope.Outermost, outermost: true);
        Model = HasSubgraphs ? Flat(model) : model;
    }

    /// <summary>The flat model; the model itself when it has no subgraphs.</summary>
    internal ModelProto Model { get; }

    /// <summary>Whether there are subgraphs, laid out.</summary>
    internal bool HasSubgraphs { get; }

    /// <summary>The nodes, in running order.</summary>
    internal IReadOnlyList<FlatNode> Nodes => _nodes;

    /// <summary>What subgraphs declare of their tensors, with the tensors' names in the flat model.</summary>
    internal IReadOnlyList<(ValueInfoProto Value, string Name)> Declarations => _declarations;

    /// <summary>Lays out the subgraphs of a model.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="open">Whether to look into subgraphs at all.</param>
    internal static FlatModel Of(ModelProto model, bool open = true) => new(model, open);

    /// <summary>The name that something of the flat model has where it stands.</summary>
    internal static string PlainName(string name) => name[(name.LastIndexOf(Separator) + 1)..];

    /// <summary>Whether something of the flat model stands in a subgraph.</summary>
    internal static bool IsInner(string name) => name.Contains(Separator);

    /// <summary>Whether a node has subgraphs that can be laid out: all that they take and give is there, and no name looks like one of ours.</summary>
    private bool CanOpen(NodeProto node) => node.Domain is "" or "ai.onnx" && node.Output.Count > 0 && node.Output[0].Length > 0 && IsWhole(node)
        && node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => attribute.G.Node)
            .All(inner => HasPlainNames(inner) && (!inner.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0) || CanOpen(inner)));

    private bool IsWhole(NodeProto node) => node.OpType switch
    {
        "If" => node.Input.Count == 1 && Branches.All(branch => Graph(node, branch)?.Output.Count == node.Output.Count),
        "Loop" => node.Input.Count >= 2 && Graph(node, Body) is { } body
            && body.Input.Count == node.Input.Count && body.Output.Count == node.Output.Count + 1 && node.Output.Count >= StatesOf(node),
        "Scan" => _opset >= FirstScan && StatesOf(node) is >= 0 and var states && Graph(node, Body) is { } body
            && states <= node.Input.Count && body.Input.Count == node.Input.Count && body.Output.Count == node.Output.Count && node.Output.Count >= states,
        _ => false,
    };

    private static int StatesOf(NodeProto node) =>
        node.OpType == "Loop" ? node.Input.Count - 2 : (int)Math.Clamp(node.Input.Count - node.IntegerOf("num_scan_inputs", -1), -1, int.MaxValue);

    private static bool HasPlainNames(NodeProto node) => !LooksLaidOut(node) && !node.Input.Concat(node.Output).Any(IsInner);

    private static bool LooksLaidOut(NodeProto node) => node.OpType.EndsWith(Begin, StringComparison.Ordinal)
        || node.OpType is "If" or "Loop" or "Scan" && node.Attribute.All(attribute => attribute.G is null);

    private void Visit(GraphProto graph, FlatScope names, bool outermost)
    {
        if (!outermost) Describe(graph, names);
        foreach (var node in graph.Node)
            if (_open && CanOpen(node)) VisitSubgraphs(node, names);
            else _nodes.Add(new FlatNode(outermost ? node : Renamed(node, names), node));
    }

    private void Describe(GraphProto graph, FlatScope names)
    {
        _declarations.AddRange(graph.ValueInfo.Concat(graph.Input).Concat(graph.Output).Select(value => (value, names.NameOf(value.Name))));
        foreach (var tensor in graph.Initializer)
        {
            var constant = tensor.Clone();
            constant.Name = names.NameOf(tensor.Name);
            _constants.Add(constant);
        }
    }

    private void VisitSubgraphs(NodeProto node, FlatScope names)
    {
        if (node.OpType == "If") VisitBranches(node, names);
        else VisitBody(node, names);
    }

    private void VisitBranches(NodeProto node, FlatScope names)
    {
        var inputs = new List<string> { names.NameOf(node.Input[0]) };
        foreach (var branch in Branches)
            if (Graph(node, branch) is { } graph)
            {
                var scope = Scope(node, branch, graph, names);
                Visit(graph, scope, outermost: false);
                inputs.AddRange(graph.Output.Select(output => scope.NameOf(output.Name)));
            }

        _nodes.Add(new FlatNode(Node(node, "If", inputs, node.Output.Select(output => names.NameOf(output))), null));
    }

    private void VisitBody(NodeProto node, FlatScope names)
    {
        var body = Graph(node, Body)!;
        var scope = Scope(node, Body, body, names);
        var states = StatesOf(node);
        var (inputs, started) = (node.Input.Select(input => names.NameOf(input)), body.Input.Select(input => scope.NameOf(input.Name)).ToList());
        _nodes.Add(new FlatNode(Node(node, node.OpType + Begin, inputs, started, states), node));
        Visit(body, scope, outermost: false);
        var ended = body.Output.Select(output => scope.NameOf(output.Name));
        var before = node.OpType == "Loop" ? started.Skip(2) : started.Take(states);
        _nodes.Add(new FlatNode(Node(node, node.OpType, [.. ended, .. before], node.Output.Select(output => names.NameOf(output)), states), null));
    }

    private static FlatScope Scope(NodeProto node, string attribute, GraphProto graph, FlatScope names) => names.Inside(
        $"{names.NameOf(node.Output[0])}{Separator}{attribute}{Separator}",
        graph.Input.Select(input => input.Name).Concat(graph.Initializer.Select(tensor => tensor.Name)).Concat(graph.Node.SelectMany(inner => inner.Output)));

    private static GraphProto? Graph(NodeProto node, string attribute) => node.Attribute.FirstOrDefault(other => other.Name == attribute)?.G;

    private static NodeProto Renamed(NodeProto node, FlatScope names)
    {
        var renamed = node.Clone();
        for (var input = 0; input < node.Input.Count; input++) renamed.Input[input] = names.NameOf(node.Input[input]);
        for (var output = 0; output < node.Output.Count; output++) renamed.Output[output] = names.NameOf(node.Output[output]);
        return renamed;
    }

    private static NodeProto Node(NodeProto real, string type, IEnumerable<string> inputs, IEnumerable<string> outputs, int states = 0)
    {
        var node = new NodeProto { OpType = type, Name = real.Name };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        node.Attribute.Add(real.Attribute.Where(attribute => attribute.G is null));
        node.Attribute.Add(new AttributeProto { Name = States, Type = AttributeType.Int, I = states });
        return node;
    }

    private ModelProto Flat(ModelProto model)
    {
        var flat = new ModelProto { IrVersion = Math.Max(model.IrVersion, 4), Graph = new GraphProto { Name = model.Graph.Name } };
        flat.OpsetImport.Add(model.OpsetImport);
        flat.Graph.Input.Add(model.Graph.Input);
        flat.Graph.Output.Add(model.Graph.Output);
        flat.Graph.Initializer.Add(model.Graph.Initializer);
        flat.Graph.Initializer.Add(_constants);
        flat.Graph.Node.Add(_nodes.Select(node => node.Flat));
        return flat;
    }
}
