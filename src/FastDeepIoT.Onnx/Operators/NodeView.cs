using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>A node with the shapes around it, as the operator table sees it.</summary>
public sealed class NodeView(NodeProto node, ModelGraph graph)
{
    /// <summary>The node.</summary>
    public NodeProto Node => node;

    /// <summary>The graph it stands in.</summary>
    public ModelGraph Graph => graph;

    /// <summary>Whether the node has an input at that position.</summary>
    public bool HasInput(int index) => index < node.Input.Count && node.Input[index].Length > 0;

    /// <summary>Whether that input is a constant that no caller can replace.</summary>
    public bool IsConstant(int index) => HasInput(index) && graph.IsFixed(node.Input[index]);

    /// <summary>The shape of an input; null when absent or unknown.</summary>
    public IReadOnlyList<long>? Input(int index) => HasInput(index) ? graph.Shape(node.Input[index]) : null;

    /// <summary>The shape of an output; null when absent or unknown.</summary>
    public IReadOnlyList<long>? Output(int index) => index < node.Output.Count ? graph.Shape(node.Output[index]) : null;

    /// <summary>Shapes of all inputs present; null when one is unknown.</summary>
    public IReadOnlyList<IReadOnlyList<long>>? Inputs()
    {
        var shapes = node.Input.Where(name => name.Length > 0).Select(graph.Shape).ToList();
        return shapes.Any(shape => shape is null) ? null : shapes.OfType<IReadOnlyList<long>>().ToList();
    }

    /// <summary>The element type of an input; undefined when unknown.</summary>
    public DataType TypeOf(int index) =>
        !HasInput(index) ? DataType.Undefined
        : graph.Constant(node.Input[index]) is { } constant ? (DataType)constant.DataType
        : graph.Shapes.Find(node.Input[index])?.ElementType ?? DataType.Undefined;

    /// <summary>An axis attribute, counted from the front.</summary>
    public int Axis(long otherwise, int rank)
    {
        var axis = node.IntegerOf("axis", otherwise);
        return (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, Math.Max(0, rank - 1));
    }
}
