using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Gives nodes of a model other constants; other readers of the same constant keep what they had.</summary>
internal sealed class ModelEditor
{
    // Before this version of the file format, every initializer had to be declared as an input too.
    private const long FirstUndeclared = 4;

    private readonly ModelProto _model;
    private readonly Dictionary<string, NodeProto> _nodes = [];
    private readonly Dictionary<string, int> _uses;
    private readonly HashSet<string> _names;

    internal ModelEditor(ModelProto model)
    {
        _model = model;
        _uses = model.Graph.UseCounts();
        foreach (var node in model.Graph.Node)
            foreach (var output in node.Output.Where(name => name.Length > 0)) _nodes[output] = node;
        _names = [.. _uses.Keys, .. _nodes.Keys, .. model.Graph.Initializer.Select(tensor => tensor.Name), .. model.Graph.Input.Select(input => input.Name)];
    }

    /// <summary>The node that writes a tensor.</summary>
    internal NodeProto Node(string key) => _nodes[key];

    /// <summary>A constant by name, be it an initializer or the value of a node; copies are followed.</summary>
    internal TensorProto? Constant(string name) =>
        _model.Graph.Initializer.FirstOrDefault(tensor => tensor.Name == name)
        ?? (_nodes.GetValueOrDefault(name) switch
        {
            { OpType: "Constant" } node => node.TensorOf("value"),
            { OpType: "Identity" } copy => Constant(copy.Input[0]),
            _ => null,
        });

    /// <summary>Gives an input of a node another constant.</summary>
    internal void Set(string key, int input, TensorProto value)
    {
        var node = _nodes[key];
        while (node.Input.Count <= input) node.Input.Add("");
        var old = node.Input[input];
        var index = _model.Graph.Initializer.Select(tensor => tensor.Name).ToList().IndexOf(old);
        if (index >= 0 && _uses.GetValueOrDefault(old) == 1)
        {
            value.Name = old;
            _model.Graph.Initializer[index] = value;
            return;
        }

        node.Input[input] = value.Name = Fresh(old.Length > 0 ? old : value.Name);
        _uses[old] = _uses.GetValueOrDefault(old) - 1;
        _uses[value.Name] = 1;
        _model.Graph.Initializer.Add(value);
        if (_model.IrVersion < FirstUndeclared) _model.Graph.Input.Add(Declaration(value));
    }

    /// <summary>Lets a node write its tensor under another name, which nothing else writes any more.</summary>
    internal void Rename(string key, string name)
    {
        var node = _nodes[key];
        node.Output[node.Output.IndexOf(key)] = name;
        _nodes.Remove(key);
        _nodes[name] = node;
        if (_model.Graph.ValueInfo.FirstOrDefault(value => value.Name == key) is { } declared) _model.Graph.ValueInfo.Remove(declared);
    }

    private string Fresh(string like)
    {
        var count = 1;
        while (!_names.Add(FormattableString.Invariant($"{like}_{count}"))) count++;
        return FormattableString.Invariant($"{like}_{count}");
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
