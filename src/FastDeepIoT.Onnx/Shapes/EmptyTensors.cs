using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Tensors without elements where an operator needs some: the runtime divides by how many there are, or waits for work that never comes, and that ends
/// the process. A pooling window as large as its image leaves such a tensor behind, when the size of the image is left open and taken as 1.
/// </summary>
public static class EmptyTensors
{
    /// <summary>Which node has nothing to work on, as a clause; null when none is known to.</summary>
    /// <param name="graph">The graph, with the shapes that its tensors have at the sizes it is to be run at; what is not known counts as not empty.</param>
    public static string? Problem(ModelGraph graph) => graph.Graph.Node.Select(node => Problem(node, graph)).FirstOrDefault(problem => problem is not null);

    /// <summary>Refuses a graph with a node that has nothing to work on.</summary>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void Check(ModelGraph graph, string? file)
    {
        if (Problem(graph) is { } problem)
            throw new InputException(DiagnosticCode.RuntimeRefuses, $"The model cannot be run at these sizes: {problem}. Give its free dimensions the sizes it is meant for (--dim NAME=N).", file);
    }

    // Of an operator that the table does not hold, nobody knows.
    private static string? Problem(NodeProto node, ModelGraph graph) =>
        OperatorTable.Find(node.OpType) is { NeedsElements: false } || node.Input.FirstOrDefault(name => IsEmpty(name, graph)) is not { } empty ? null
            : $"the {Printable.Of(node.OpType)} '{Printable.Of(node.Name)}' has nothing to work on, as '{Printable.Of(empty)}' has the shape {string.Join('x', graph.Shape(empty)!)}";

    // Lists of integers may be empty: the axes of nothing, or the shape of a single number.
    private static bool IsEmpty(string name, ModelGraph graph) => graph.Shape(name)?.Contains(0) == true && IsFloating(TypeOf(name, graph));

    private static DataType? TypeOf(string name, ModelGraph graph) => graph.Constant(name) is { } constant ? (DataType)constant.DataType : graph.Shapes.Find(name)?.ElementType;

    private static bool IsFloating(DataType? type) => type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;
}
