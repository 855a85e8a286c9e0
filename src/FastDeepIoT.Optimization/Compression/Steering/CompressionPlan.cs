using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>One way to compress a network: what is left out, and the widths of what stays.</summary>
/// <param name="Variant">The network without what is left out.</param>
/// <param name="Sizes">Of each of its groups.</param>
/// <param name="Nanoseconds">Predicted time.</param>
/// <param name="Divergence">How far the outputs are expected to go off.</param>
internal sealed record CompressionPlan(NetworkVariant Variant, IReadOnlyList<long> Sizes, double Nanoseconds, double Divergence)
{
    /// <summary>The model, repaired.</summary>
    internal ModelProto Build(CancellationToken cancellation) => Variant.Build(Change(), cancellation);

    /// <summary>Whether another plan leaves out the same and chooses the same widths.</summary>
    internal bool IsSameAs(CompressionPlan? other) => other?.Variant == Variant && other.Sizes.SequenceEqual(Sizes);

    /// <summary>The change that gives the variant these widths, removing the most dispensable channels and padding with zeros.</summary>
    internal WidthChange Change()
    {
        var change = new WidthChange();
        foreach (var (group, size) in Variant.Steered.Groups.Zip(Sizes))
            if (size < group.Size) change.Take(group, Variant.Rankings[group].Kept(size));
            else if (size > group.Size) change.Take(group, [.. Enumerable.Range(0, (int)group.Size), .. Enumerable.Repeat(WidthChange.Added, (int)(size - group.Size))]);
        return change;
    }
}
