using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>The constants of a model being rewritten, whether they are initializers or Constant nodes.</summary>
internal sealed class ConstantStore
{
    // Before this version of the file format, every initializer had to be declared as an input too.
    private const long FirstUndeclared = 4;

    private readonly ModelProto _model;
    private readonly Dictionary<string, int> _initializers;
    private readonly Dictionary<string, NodeProto> _nodes;
    private readonly Dictionary<string, int> _uses = [];
    private readonly HashSet<string> _names;

    internal ConstantStore(ModelProto model)
    {
        _model = model;
        _initializers = model.Graph.Initializer.Select((tensor, index) => (tensor.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        _nodes = model.Graph.Node.Where(node => node.OpType == "Constant" && node.Output.Count == 1).ToDictionary(node => node.Output[0]);
        CountUses(model.Graph);
        _names = [.. _uses.Keys, .. _initializers.Keys, .. model.Graph.Node.SelectMany(node => node.Output)];
    }

    /// <summary>Whether more than one input in the model, its subgraphs included, reads a tensor.</summary>
    internal bool IsShared(string name) => _uses.GetValueOrDefault(name) > 1;

    /// <summary>Gives a constant another value.</summary>
    internal void Replace(string name, TensorProto value)
    {
        if (_initializers.TryGetValue(name, out var index))
        {
            _model.Graph.Initializer[index] = value;
            return;
        }

        var node = _nodes[name];
        var attribute = node.Attribute.First(attribute => attribute.Name.StartsWith("value", StringComparison.Ordinal));
        var at = node.Attribute.IndexOf(attribute);
        node.Attribute[at] = attribute.T is null
            ? new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = value }
            : attribute;
        node.Attribute[at].T = value;
    }

    /// <summary>Adds a constant under a name made from a given one, and returns its name.</summary>
    internal string Add(string like, TensorProto value)
    {
        var count = 1;
        while (!_names.Add($"{like}_w{count}")) count++;
        value.Name = $"{like}_w{count}";
        _initializers[value.Name] = _model.Graph.Initializer.Count;
        _model.Graph.Initializer.Add(value);
        if (_model.IrVersion < FirstUndeclared) _model.Graph.Input.Add(Declaration(value));
        return value.Name;
    }

    private void CountUses(GraphProto graph)
    {
        foreach (var name in graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name)))
            _uses[name] = _uses.GetValueOrDefault(name) + 1;
        foreach (var attribute in graph.Node.SelectMany(node => node.Attribute))
        {
            if (attribute.G is { } inner) CountUses(inner);
            foreach (var other in attribute.Graphs) CountUses(other);
        }
    }

    private static ValueInfoProto Declaration(TensorProto value)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(value.Dims.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = value.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = value.DataType, Shape = shape } },
        };
    }
}
