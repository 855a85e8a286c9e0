using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Puts pieces of a graph together again after the runtime has changed each of them.</summary>
internal sealed class JoinedModel
{
    private readonly ModelProto _joined;
    private readonly HashSet<string> _original;

    // Several pieces may have the same constants, some of them computed and some not yet.
    private readonly HashSet<string> _given = [];
    private readonly HashSet<string> _nodes = [];

    private JoinedModel(ModelProto original, IReadOnlyList<ModelProto> pieces)
    {
        _joined = new ModelProto { IrVersion = pieces[0].IrVersion, Graph = new GraphProto { Name = original.Graph.Name } };
        _joined.OpsetImport.Add(pieces[0].OpsetImport);
        _joined.Functions.Add(pieces[0].Functions);
        _joined.Graph.Input.Add(original.Graph.Input);
        _joined.Graph.Output.Add(original.Graph.Output);
        _original = [.. original.Graph.Node.SelectMany(node => node.Output), .. original.Graph.Initializer.Select(tensor => tensor.Name), .. original.Graph.Input.Select(input => input.Name)];
        for (var piece = 0; piece < pieces.Count; piece++) Add(pieces[piece].Graph, piece);
    }

    /// <summary>The whole.</summary>
    /// <param name="original">The model that was cut.</param>
    /// <param name="pieces">Its pieces in running order, as they are now; names in them are changed.</param>
    internal static ModelProto Of(ModelProto original, IReadOnlyList<ModelProto> pieces) => new JoinedModel(original, pieces)._joined;

    private void Add(GraphProto graph, int piece)
    {
        Rename(graph, name => name.Length == 0 || _original.Contains(name) ? name : FormattableString.Invariant($"{name}#{piece}"));
        foreach (var node in graph.Node.Where(node => !node.Output.All(_given.Contains))) Add(node, piece);
        _joined.Graph.Initializer.Add(graph.Initializer.Where(tensor => !_given.Contains(tensor.Name)));
        _given.UnionWith(graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0).Concat(graph.Initializer.Select(tensor => tensor.Name)));
    }

    private void Add(NodeProto node, int piece)
    {
        if (node.Name.Length > 0 && !_nodes.Add(node.Name)) node.Name = FormattableString.Invariant($"{node.Name}#{piece}");
        _joined.Graph.Node.Add(node);
    }

    // What the runtime made in one piece may be called as what it made in another.
    private static void Rename(GraphProto graph, Func<string, string> rename)
    {
        foreach (var tensor in graph.Initializer) tensor.Name = rename(tensor.Name);
        foreach (var node in graph.Node)
        {
            for (var input = 0; input < node.Input.Count; input++) node.Input[input] = rename(node.Input[input]);
            for (var output = 0; output < node.Output.Count; output++) node.Output[output] = rename(node.Output[output]);
            foreach (var inner in node.Subgraphs()) RenameInside(inner, rename);
        }
    }

    private static void RenameInside(GraphProto graph, Func<string, string> rename)
    {
        Rename(graph, rename);
        foreach (var value in graph.Input.Concat(graph.Output)) value.Name = rename(value.Name);
    }
}
