using System.Globalization;

namespace FastDeepIoT.Onnx;

/// <summary>An axis of a constant: weights, a bias, the vectors of a normalization.</summary>
public sealed record WidthMember(string Tensor, int Axis)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Tensor}[{Axis.ToString(CultureInfo.InvariantCulture)}]";
}

/// <summary>Everything that must change together when one width changes, or why it cannot change.</summary>
public sealed class WidthGroup
{
    internal WidthGroup(int index, long size, Width? width, FixedReason? reason, IReadOnlyList<WidthMember> members, IReadOnlyList<string> nodes) =>
        (Index, Size, Width, Reason, Members, Nodes) = (index, size, width, reason, members, nodes);

    /// <summary>Counts groups in the order their first node runs.</summary>
    public int Index { get; }

    /// <summary>Channels in the original model.</summary>
    public long Size { get; }

    /// <summary>The width, as it stands in the axes of tensors; null when it cannot change.</summary>
    public Width? Width { get; }

    /// <summary>What stands in the way of changing it; null when it can change.</summary>
    public FixedReason? Reason { get; }

    /// <summary>The axes of constants it is part of.</summary>
    public IReadOnlyList<WidthMember> Members { get; }

    /// <summary>The names of the nodes that read those constants, in running order.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"width {Size.ToString(CultureInfo.InvariantCulture)} of {string.Join(", ", Nodes)}" + (Reason is null ? "" : $", fixed by {Reason}");
}
