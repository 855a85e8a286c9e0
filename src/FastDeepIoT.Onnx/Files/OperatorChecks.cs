using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Attributes that end the process, or never end, inside the runtime: it divides by some without looking, and counts up to others. All else it
/// refuses itself.
/// </summary>
internal static class OperatorChecks
{
    /// <summary>What is wrong with a node, in a subgraph or function too, as a clause; null when nothing is.</summary>
    internal static string? Problem(ModelProto model) => model.AllNodes().Select(Problem).FirstOrDefault(problem => problem is not null);

    private static string? Problem(NodeProto node) => node.OpType switch
    {
        "ConvTranspose" => AtLeastOne(node, "group"),
        "Attention" => AtLeastOne(node, "q_num_heads") ?? AtLeastOne(node, "kv_num_heads"),
        "Split" => Wrong(node, "num_outputs", count => count == node.Output.Count, FormattableString.Invariant($"has {node.Output.Count} outputs")),
        "Scan" => Wrong(node, "num_scan_inputs", count => count >= 1 && count <= node.Input.Count, FormattableString.Invariant($"has {node.Input.Count} inputs")),
        _ => null,
    };

    private static string? AtLeastOne(NodeProto node, string attribute) => Wrong(node, attribute, count => count >= 1, "takes 1 at least");

    // One that is given twice is looked at twice, and one without a value is 0, as it is for the runtime.
    private static string? Wrong(NodeProto node, string attribute, Func<long, bool> isRight, string expected) => node.Attribute
        .Where(candidate => candidate.Name == attribute && candidate.RefAttrName.Length == 0 && !isRight(candidate.I))
        .Select(wrong => FormattableString.Invariant($"the '{attribute}' of {Named(node)} is {wrong.I}, which {expected}")).FirstOrDefault();

    private static string Named(NodeProto node) => $"the {node.OpType} '{(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault())}'";
}
