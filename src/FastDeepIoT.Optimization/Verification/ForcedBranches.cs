using FastDeepIoT.Onnx.Format;
using Google.Protobuf;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Two models with the condition of every If replaced by a constant: inputs that are made up may never make it true, or never false, and an
/// error in the other branch would not be seen.
/// </summary>
/// <param name="Original">The original, forced.</param>
/// <param name="Rewritten">The rewritten model, forced in the same way.</param>
/// <param name="Branch">The branch that all take.</param>
internal sealed record ForcedBranches(ModelProto Original, ModelProto Rewritten, string Branch)
{
    private const string Condition = "\u0002condition";

    /// <summary>Both models with all first branches, and with all others; nothing when there are no branches.</summary>
    internal static IEnumerable<ForcedBranches> Of(ModelProto original, ModelProto rewritten) => HasConditions(original.Graph)
        ? [new(Forced(original, true), Forced(rewritten, true), "then_branch"), new(Forced(original, false), Forced(rewritten, false), "else_branch")]
        : [];

    private static bool HasConditions(GraphProto graph) => graph.Node.Any(node => IsConditional(node) || Inner(node).Any(HasConditions));

    private static ModelProto Forced(ModelProto model, bool value)
    {
        var copy = model.Clone();
        copy.Graph.Initializer.Add(new TensorProto { Name = Condition, DataType = (int)TensorProto.Types.DataType.Bool, RawData = ByteString.CopyFrom(value ? (byte)1 : (byte)0) });
        Force(copy.Graph);
        return copy;
    }

    // A subgraph sees what the graphs around it define.
    private static void Force(GraphProto graph)
    {
        foreach (var node in graph.Node)
        {
            if (IsConditional(node)) node.Input[0] = Condition;
            foreach (var inner in Inner(node)) Force(inner);
        }
    }

    private static bool IsConditional(NodeProto node) => node is { OpType: "If", Domain: "" or "ai.onnx" } && node.Input.Count == 1;

    private static IEnumerable<GraphProto> Inner(NodeProto node) => node.Attribute.Where(attribute => attribute.G is not null).Select(attribute => attribute.G);
}
