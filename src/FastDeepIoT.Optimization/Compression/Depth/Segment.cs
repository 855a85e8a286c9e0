using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// A stretch of a network that could be left out: what reads its end can read its start instead, because both have the same shape. Residual
/// branches, and layers that change neither width nor resolution.
/// </summary>
/// <param name="Start">The tensor it starts from.</param>
/// <param name="End">The tensor it ends in.</param>
internal sealed record Segment(string Start, string End)
{
    // A stretch that is longer is made of shorter ones.
    private const int MostSites = 4;

    /// <summary>The shortest stretch before every tensor of a model that has one.</summary>
    internal static IReadOnlyList<Segment> Of(WidthGroups groups)
    {
        var sites = ReaderSites.Of(groups).ToLookup(site => site.Node);
        var indexOf = groups.Graph.Graph.Node.SelectMany((node, index) => node.Output.Select(name => (name, index))).Where(pair => pair.name.Length > 0)
            .ToDictionary(pair => pair.name, pair => pair.index);
        var finder = new Finder(groups, sites, indexOf);
        return [.. groups.Graph.Graph.Node.SelectMany(node => node.Output).Where(finder.MayEnd).Select(finder.Before).OfType<Segment>()];
    }

    /// <summary>Walks back from tensors.</summary>
    private sealed class Finder(WidthGroups groups, ILookup<int, ReaderSite> sites, Dictionary<string, int> indexOf)
    {
        // What an activation or a sum still follows is not where a stretch ends.
        internal bool MayEnd(string tensor) => tensor.Length > 0 && Shape(tensor) is not null && groups.Graph.Graph.Output.All(output => output.Name != tensor)
            && groups.Graph.Readers(tensor) is { Count: > 0 } readers && readers.All(reader => !IsActivation(reader) && reader.OpType is not ("Add" or "BatchNormalization") || readers.Count > 1);

        internal Segment? Before(string end)
        {
            var (at, passed) = (end, 0);
            while (passed <= MostSites && Previous(at) is { } previous)
            {
                if (sites.Contains(indexOf[at]) || IsSum(groups.Graph.Graph.Node[indexOf[at]])) passed++;
                at = previous;
                if (passed > 0 && HasShapeOf(at, end) && MayEnd(at)) return new Segment(at, end);
            }

            return null;
        }

        // The tensor a node mainly works on: of a sum the addend that was there first, which in a residual network is what the branch starts from.
        private string? Previous(string tensor)
        {
            if (!indexOf.TryGetValue(tensor, out var index)) return null;

            var node = groups.Graph.Graph.Node[index];
            var inputs = Computed(node);
            return IsSum(node) ? First(inputs[0], inputs[1])
                : inputs.Count == 1 || sites.Contains(index) ? inputs[0]
                : null;
        }

        // With the other addend its branch is left out.
        private bool IsSum(NodeProto node) => node.OpType == "Add" && Computed(node).Count == 2;

        private List<string> Computed(NodeProto node) => [.. node.Input.Where(name => name.Length > 0 && groups.Graph.Constant(name) is null)];

        private string First(string one, string other) => indexOf.GetValueOrDefault(one, -1) <= indexOf.GetValueOrDefault(other, -1) ? one : other;

        private bool HasShapeOf(string start, string end) =>
            Shape(start) is { } a && Shape(end) is { } b && a.SequenceEqual(b) && groups.Graph.Shapes.Find(start)!.ElementType == groups.Graph.Shapes.Find(end)!.ElementType;

        // Known but for one axis: the number of samples.
        private IReadOnlyList<long>? Shape(string tensor) => groups.Graph.Shapes.Find(tensor)?.Shape is { Count: > 1 } shape && shape.Count(size => size < 0) <= 1 ? shape : null;

        private static bool IsActivation(NodeProto node) => node.OpType is "Relu" or "Clip" or "LeakyRelu" or "PRelu" or "Sigmoid" or "HardSigmoid" or "Tanh" or "HardSwish" or "Elu" or "Gelu";
    }
}
