using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Gives every reader of a constant a constant of its own, so that two nodes that happen to share a bias, or a number such as 64, do not
/// tie their widths together. What reads a copy made by Identity reads the constant itself; what reads a list of integers that is computed
/// from constants reads that list.
/// </summary>
internal sealed class ConstantUses
{
    private readonly Dictionary<string, string> _originals = [];

    private ConstantUses(ModelProto separated) => Separated = separated;

    /// <summary>A copy of the model, node for node, in which no two inputs read the same constant.</summary>
    internal ModelProto Separated { get; }

    /// <summary>Separates the uses of constants in a model.</summary>
    internal static ConstantUses Of(ModelProto model)
    {
        var uses = new ConstantUses(model.Clone());
        uses.Separate(new ModelGraph(model, TensorShapes.None), ComputedConstants.Of(model));
        return uses;
    }

    /// <summary>The constant's name in the model itself.</summary>
    internal string OriginalOf(string name) => _originals.GetValueOrDefault(name, name);

    /// <summary>Whether a name stands for one of several readers of a constant.</summary>
    internal bool IsSeparate(string name) => _originals.ContainsKey(name);

    private void Separate(ModelGraph graph, IReadOnlyDictionary<string, TensorProto> computed)
    {
        var counts = graph.Graph.UseCounts();
        var roots = new Dictionary<string, string>();
        for (var index = 0; index < graph.Graph.Node.Count; index++)
        {
            var node = Separated.Graph.Node[index];
            for (var input = 0; input < node.Input.Count; input++)
            {
                var name = node.Input[input];
                var root = roots.GetValueOrDefault(name, name);
                if (computed.TryGetValue(name, out var list)) node.Input[input] = Copy(list, name, index, input);
                else if (graph.Constant(root) is { } constant && (root != name || counts[name] > 1)) node.Input[input] = Copy(constant, root, index, input);
            }

            if (node is { OpType: "Identity", Domain: "" or "ai.onnx", Input.Count: 1, Output.Count: 1 }
                && roots.GetValueOrDefault(graph.Graph.Node[index].Input[0], graph.Graph.Node[index].Input[0]) is var source && graph.Constant(source) is not null)
                roots[node.Output[0]] = source;
        }
    }

    // The separator cannot stand in the way of a name in the model: names are not empty, and this one has a control character.
    private string Copy(TensorProto constant, string root, int node, int input)
    {
        var copy = constant.Clone();
        copy.Name = FormattableString.Invariant($"{root}\u0001{node}.{input}");
        _originals[copy.Name] = root;
        Separated.Graph.Initializer.Add(copy);
        return copy.Name;
    }
}
