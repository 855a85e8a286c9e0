using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>The constants of a model being rewritten, whether they are initializers or Constant nodes.</summary>
internal sealed class ConstantStore
{
    // Before this version of the file format, every initializer had to be declared as an input too.
    private const long FirstUndeclared = 4;

    private readonly ModelProto _model;
    private readonly WidthGroups _groups;
    private readonly Dictionary<string, int> _initializers;
    private readonly Dictionary<string, NodeProto> _nodes;
    private readonly HashSet<string> _usedBefore;
    private readonly HashSet<string> _names;

    internal ConstantStore(ModelProto model, WidthGroups groups)
    {
        (_model, _groups) = (model, groups);
        _initializers = model.Graph.Initializer.Select((tensor, index) => (tensor.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        _nodes = model.Graph.Node.Where(node => node.OpType == "Constant" && node.Output.Count == 1).ToDictionary(node => node.Output[0]);
        _usedBefore = [.. model.Graph.UseCounts().Keys];
        _names = [.. _usedBefore, .. _initializers.Keys, .. model.Graph.Input.Select(input => input.Name), .. model.Graph.Node.SelectMany(node => node.Output)];
    }

    /// <summary>Gives one input of a node another constant; other readers of the same constant keep what they had.</summary>
    internal void Set(int node, int input, TensorProto value)
    {
        var separate = _groups.Graph.Graph.Node[node].Input[input];
        var name = _groups.OriginalOf(separate);
        if (_groups.IsSeparate(separate)) _model.Graph.Node[node].Input[input] = Add(name, value);
        else Replace(name, value);
    }

    /// <summary>Removes the constants, and the copies of constants, that nobody reads any more.</summary>
    internal void RemoveUnused()
    {
        var used = _model.Graph.UseCounts();
        bool Unused(string name) => _usedBefore.Contains(name) && !used.ContainsKey(name);
        for (var index = _model.Graph.Node.Count - 1; index >= 0; index--)
        {
            var node = _model.Graph.Node[index];
            if (node.OpType is not ("Identity" or "Constant") || !node.Output.All(Unused)) continue;

            _model.Graph.Node.RemoveAt(index);
            foreach (var name in node.Input)
                if (--used[name] == 0) used.Remove(name);
        }

        for (var index = _model.Graph.Initializer.Count - 1; index >= 0; index--)
        {
            var name = _model.Graph.Initializer[index].Name;
            if (!Unused(name) || !_groups.HasSeparateUses(name)) continue;

            _model.Graph.Initializer.RemoveAt(index);
            if (_model.Graph.Input.FirstOrDefault(input => input.Name == name) is { } declared) _model.Graph.Input.Remove(declared);
        }
    }

    private void Replace(string name, TensorProto value)
    {
        if (_initializers.TryGetValue(name, out var index))
        {
            _model.Graph.Initializer[index] = value;
            return;
        }

        var attributes = _nodes[name].Attribute;
        var at = attributes.IndexOf(attributes.First(attribute => attribute.Name.StartsWith("value", StringComparison.Ordinal)));
        if (attributes[at].T is null) attributes[at] = new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor };
        attributes[at].T = value;
    }

    private string Add(string like, TensorProto value)
    {
        var count = 1;
        while (!_names.Add(FormattableString.Invariant($"{like}_{count}"))) count++;
        value.Name = FormattableString.Invariant($"{like}_{count}");
        _model.Graph.Initializer.Add(value);
        if (_model.IrVersion < FirstUndeclared) _model.Graph.Input.Add(Declaration(value));
        return value.Name;
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
