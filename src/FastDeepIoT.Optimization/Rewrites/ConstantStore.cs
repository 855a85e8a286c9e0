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
    private readonly IReadOnlyList<NodeProto?> _places;
    private readonly Dictionary<string, int> _initializers;
    private readonly Dictionary<string, NodeProto> _nodes;
    private readonly Dictionary<string, List<(string Name, TensorProto Value)>> _added = [];
    private readonly HashSet<string> _usedBefore;
    private readonly HashSet<string> _names;

    internal ConstantStore(ModelProto model, WidthGroups groups)
    {
        (_model, _groups) = (model, groups);
        Places = groups.PlacesIn(model);
        _places = Places.Nodes;
        _initializers = model.Graph.Initializer.Select((tensor, index) => (tensor.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index);
        _nodes = model.Graph.Node.Where(node => node.OpType == "Constant" && node.Output.Count == 1).ToDictionary(node => node.Output[0]);
        _usedBefore = [.. model.Graph.UseCounts().Keys];
        _names = [.. _usedBefore, .. _initializers.Keys, .. model.Graph.Input.Select(input => input.Name), .. model.Graph.Node.SelectMany(node => node.Output)];
    }

    /// <summary>Where the nodes of the groups stand in the model.</summary>
    internal ModelPlaces Places { get; }

    /// <summary>Gives one input of a node another constant; other readers of the same constant keep what they had.</summary>
    internal void Set(int node, int input, TensorProto value)
    {
        var separate = _groups.Graph.Graph.Node[node].Input[input];
        var name = _groups.OriginalOf(separate);
        if (_groups.IsSeparate(separate)) _places[node]!.Input[input] = Shared(name, value);
        else Replace(name, value);
    }

    /// <summary>Gives a node a constant input that it did not have.</summary>
    internal void Append(int node, int input, TensorProto value)
    {
        var inputs = _places[node]!.Input;
        while (inputs.Count <= input) inputs.Add("");
        inputs[input] = Add(FormattableString.Invariant($"{_places[node]!.Output[0]}_bias"), value);
    }

    /// <summary>Removes the constants, and what is computed from constants, that nobody reads any more.</summary>
    internal void RemoveUnused()
    {
        var used = _model.Graph.UseCounts();
        RemoveUnused(_model.Graph, used);
    }

    private void RemoveUnused(GraphProto graph, Dictionary<string, int> used)
    {
        bool Unused(string name) => _usedBefore.Contains(name) && !used.ContainsKey(name);
        foreach (var attribute in graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.G is not null)) RemoveUnused(attribute.G, used);
        var kept = new List<NodeProto>();
        foreach (var node in graph.Node.Reverse())
            if (node.Output.Any(used.ContainsKey) || !node.Output.Any(Unused)) kept.Add(node);
            else
                foreach (var name in node.Input)
                    if (--used[name] == 0) used.Remove(name);

        Replace(graph.Node, kept.AsEnumerable().Reverse());
        Replace(graph.Input, graph.Input.Where(input => graph != _model.Graph || !_initializers.ContainsKey(input.Name) || !Unused(input.Name)));
        Replace(graph.Initializer, graph.Initializer.Where(tensor => !Unused(tensor.Name)));
    }

    private static void Replace<T>(Google.Protobuf.Collections.RepeatedField<T> field, IEnumerable<T> items)
    {
        var kept = items.ToList();
        if (kept.Count == field.Count) return;

        field.Clear();
        field.Add(kept);
    }

    // Readers that want the same of a constant go on sharing it: a head that is run on several levels keeps one set of weights.
    private string Shared(string name, TensorProto value)
    {
        if (!_added.TryGetValue(name, out var added)) _added[name] = added = [];
        value.Name = "";
        if (added.Find(other => other.Value.Equals(value)) is { Name: { } same }) return same;

        var addedName = Add(name, value.Clone());
        added.Add((addedName, value));
        return addedName;
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
        like = WidthGroups.PlainName(like);
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
