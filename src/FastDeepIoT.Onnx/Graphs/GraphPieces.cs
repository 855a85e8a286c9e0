using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// A long graph as models that follow each other: loading a model takes the runtime time that grows with the square of its nodes and weights, loading
/// its pieces one by one does not.
/// </summary>
internal sealed class GraphPieces
{
    // So few nodes load in a second; pieces are short enough that their squares do not count, and long enough that cuts do not either.
    private const int LongestWhole = 8192, Longest = 2048;

    private readonly PieceMaker _maker;
    private readonly CutSearch _search;
    private readonly string? _file;
    private readonly Dictionary<string, TensorShape> _shapes = [];
    private readonly List<ModelProto> _models = [];

    private GraphPieces(ModelProto model, string? file, int longest)
    {
        (_maker, _file) = (new PieceMaker(model), file);
        _search = new CutSearch(_maker, _shapes);
        for (var from = 0; from < _maker.Nodes.Count;) from = Add(from, longest);
    }

    /// <summary>The pieces in running order.</summary>
    internal IReadOnlyList<ModelProto> Models => _models;

    /// <summary>The shapes of all tensors; -1 stands for a size that only running tells.</summary>
    internal IReadOnlyDictionary<string, TensorShape> Shapes => _shapes;

    /// <summary>Cuts a graph that is long; null for all others, and for one that can be cut nowhere.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find external data beside it.</param>
    internal static GraphPieces? Of(ModelProto model, string? file) => model.Graph.Node.Count > LongestWhole ? Of(model, file, Longest) : null;

    /// <summary>Cuts a graph into pieces of so many nodes, or more where it cannot be cut earlier.</summary>
    internal static GraphPieces? Of(ModelProto model, string? file, int longest)
    {
        if (!IsOfNodes(model.Graph)) return null;

        try
        {
            return new GraphPieces(model, file, longest) is { Models.Count: > 1 } pieces ? pieces : null;
        }
        catch (InputException e) when (!e.IsOfFiles)
        {
            return null; // what is wrong with it, the whole model tells better
        }
    }

    // Whether nodes compute all outputs, and all constants are written as they usually are.
    private static bool IsOfNodes(GraphProto graph)
    {
        var computed = graph.Node.SelectMany(node => node.Output).ToHashSet();
        return graph.SparseInitializer.Count == 0 && graph.Output.All(output => computed.Contains(output.Name));
    }

    // Looks at a stretch of nodes, and at longer ones until there is a place to cut; returns where the next piece begins.
    private int Add(int from, int longest)
    {
        for (var length = longest; ; length *= 2)
        {
            var end = _maker.Nodes.Count - from <= length ? _maker.Nodes.Count : from + length;
            foreach (var (name, shape) in ShapeInference.InferWhole(_maker.Make(from, end, [], _shapes), _file)) _shapes[name] = shape;
            if ((end == _maker.Nodes.Count ? end : _search.Find(from, end)) is not { } cut) continue;

            _models.Add(_maker.Make(from, cut, _maker.NamesLeaving(from, cut), _shapes));
            return cut;
        }
    }
}
