using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>One choice of widths.</summary>
/// <param name="Sizes">Of each group of the estimate.</param>
/// <param name="Nanoseconds">Predicted time.</param>
/// <param name="Divergence">What the outputs are expected to go off.</param>
internal sealed record CompressedSizes(IReadOnlyList<long> Sizes, double Nanoseconds, double Divergence)
{
    /// <summary>The change that gives a model these widths, removing the most dispensable channels and padding with zeros.</summary>
    internal WidthChange ChangeOf(IReadOnlyList<WidthGroup> groups, IReadOnlyDictionary<WidthGroup, ChannelRanking> rankings)
    {
        var change = new WidthChange();
        foreach (var (group, size) in groups.Zip(Sizes))
            if (size < group.Size) change.Take(group, rankings[group].Kept(size));
            else if (size > group.Size) change.Take(group, [.. Enumerable.Range(0, (int)group.Size), .. Enumerable.Repeat(WidthChange.Added, (int)(size - group.Size))]);
        return change;
    }
}
