using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>One row of the operator table: everything this project knows about some ONNX operators.</summary>
/// <param name="Types">Operator types, of the standard domain or of the runtime's own.</param>
/// <param name="Describe">The layer a node is, or null when its shapes are not known.</param>
public sealed record Operator(IReadOnlyList<string> Types, Func<NodeView, Layer?> Describe)
{
    /// <summary>How widths go through the operator; null when nothing is known, so that no width it touches may change.</summary>
    internal WidthRule? Widths { get; init; }

    /// <summary>Whether the operator takes sizes as a tensor, and gives more than all that goes into it.</summary>
    internal bool GrowsBySizes { get; init; }

    /// <summary>Whether the operator works over elements and ends the process when there are none; false when nothing in makes nothing out.</summary>
    internal bool NeedsElements { get; init; }

    /// <summary>Which integers come out; null where nothing else is known than that numbers with fractions come of such numbers.</summary>
    internal Func<IntegerView, IntegerRange>? Integers { get; init; }

    /// <summary>A node of another operator that gives the same shapes, where the runtime infers none for this one; null where it does.</summary>
    internal Func<NodeProto, NodeProto>? Twin { get; init; }

    /// <summary>Whether the operator is described as a layer where its shapes are known; false for those of which only integers are known.</summary>
    public bool IsDescribed { get; init; } = true;

    /// <summary>Whether anything is known of how widths go through the operator.</summary>
    internal bool HasWidths => Widths is not null;
}
