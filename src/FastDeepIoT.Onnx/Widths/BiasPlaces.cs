using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Finds where a node's bias is, if what a constant channel adds to its result is the same everywhere.</summary>
internal static class BiasPlaces
{
    /// <summary>The bias of a node, or the one behind it; null when there is none, or when the node sees zeros beside its input.</summary>
    internal static BiasPlace? Of(ModelGraph graph, Coupling coupling)
    {
        var node = coupling.Node;
        switch (node.OpType)
        {
            case "Conv" when node.IntegersOf("pads").All(pad => pad == 0) && node.TextOf("auto_pad", "NOTSET") is "NOTSET" or "VALID":
                return IsFree(graph, node, 2) ? new BiasPlace(coupling.Index, 2) : null;
            case "Gemm" when node.NumberOf("beta", 1) != 0:
                return IsFree(graph, node, 2) ? new BiasPlace(coupling.Index, 2, node.NumberOf("beta", 1), node.NumberOf("alpha", 1)) : null;
            case "MatMul":
                return Behind(graph, node);
            default:
                return null;
        }
    }

    // Absent, or a constant with one number for each output channel.
    private static bool IsFree(ModelGraph graph, NodeProto node, int input) =>
        input >= node.Input.Count || node.Input[input].Length == 0 || IsVector(graph.Constant(node.Input[input]), Outputs(graph, node));

    private static BiasPlace? Behind(ModelGraph graph, NodeProto node)
    {
        if (graph.Readers(node.Output[0]) is not [{ OpType: "Add" } add] || graph.Graph.Output.Any(output => output.Name == node.Output[0])) return null;

        var input = add.Input[0] == node.Output[0] ? 1 : 0;
        return IsVector(graph.Constant(add.Input[input]), Outputs(graph, node)) ? new BiasPlace(graph.IndexOf(add), input) : null;
    }

    private static long Outputs(ModelGraph graph, NodeProto node) => graph.Constant(node.Input[1]) is not { Dims.Count: >= 2 } weights ? -1
        : node.OpType == "Conv" || node.IntegerOf("transB", 0) != 0 ? weights.Dims[0] : weights.Dims[1];

    private static bool IsVector(TensorProto? constant, long size) => constant is { DataLocation: TensorProto.Types.DataLocation.Default, Dims.Count: > 0 }
        && constant.Dims[^1] == size && constant.Dims.Take(constant.Dims.Count - 1).All(other => other == 1);
}
