using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// A graph made easy to ask: who writes and reads a tensor, which tensors are constant, and which shape each has.
/// A view: it does not change when the message behind it does.
/// </summary>
public sealed class ModelGraph
{
    private readonly Dictionary<string, TensorProto> _constants = [];
    private readonly Dictionary<string, NodeProto> _producers = [];
    private readonly Dictionary<string, List<NodeProto>> _readers = [];
    private readonly HashSet<string> _replaceable;
    private readonly Dictionary<NodeProto, int> _indexOf = new(ReferenceEqualityComparer.Instance);
    private readonly Func<string, IReadOnlyList<long>?>? _otherShapes;

    /// <summary>A view of a graph with the shapes inferred for it.</summary>
    public ModelGraph(ModelProto model, TensorShapes shapes)
    {
        Model = model;
        Shapes = shapes;
        foreach (var tensor in Graph.Initializer) _constants[tensor.Name] = tensor;
        _replaceable = [.. model.Replaceable().Select(tensor => tensor.Name)];
        foreach (var node in Graph.Node) Add(node);
    }

    private ModelGraph(ModelGraph graph, Func<string, IReadOnlyList<long>?> otherShapes)
    {
        (Model, Shapes, _otherShapes) = (graph.Model, graph.Shapes, otherShapes);
        (_constants, _replaceable, _producers, _readers, _indexOf) = (graph._constants, graph._replaceable, graph._producers, graph._readers, graph._indexOf);
    }

    /// <summary>The model.</summary>
    public ModelProto Model { get; }

    /// <summary>Its graph.</summary>
    public GraphProto Graph => Model.Graph;

    /// <summary>Shapes and element types of its tensors.</summary>
    public TensorShapes Shapes { get; }

    /// <summary>The constant of that name (an initializer or the value of a Constant node), or null.</summary>
    public TensorProto? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>Whether there is a constant of that name that a runtime may rely on: no caller can replace it.</summary>
    public bool IsFixed(string name) => _constants.ContainsKey(name) && !_replaceable.Contains(name);

    /// <summary>The node that writes a tensor, or null for inputs and initializers.</summary>
    public NodeProto? Producer(string name) => _producers.GetValueOrDefault(name);

    /// <summary>The place of a node in the graph.</summary>
    public int IndexOf(NodeProto node) => _indexOf[node];

    /// <summary>The nodes that read a tensor, in graph order.</summary>
    public IReadOnlyList<NodeProto> Readers(string name) => _readers.GetValueOrDefault(name) ?? [];

    /// <summary>The shape of a tensor or constant; null when it is not known before running.</summary>
    public IReadOnlyList<long>? Shape(string name) =>
        _otherShapes?.Invoke(name) ?? (Constant(name) is { } constant ? constant.Dims : Shapes.Find(name)?.Shape);

    /// <summary>The same graph as if some tensors had other shapes; null leaves a tensor its own.</summary>
    public ModelGraph WithShapes(Func<string, IReadOnlyList<long>?> shapes) => new(this, shapes);

    private void Add(NodeProto node)
    {
        _indexOf[node] = _indexOf.Count;
        foreach (var output in node.Output.Where(name => name.Length > 0)) _producers[output] = node;
        foreach (var input in node.Input.Where(name => name.Length > 0).Distinct())
        {
            if (!_readers.TryGetValue(input, out var readers)) _readers[input] = readers = [];
            readers.Add(node);
        }

        if (node.OpType == "Constant" && node.Output.Count == 1 && ConstantValue.Of(node) is { } value) _constants[node.Output[0]] = value;
    }
}
