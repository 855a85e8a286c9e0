using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>A choice of widths for a model, which can be carried out in whole or in part.</summary>
/// <param name="Original">The model as it was.</param>
/// <param name="Study">What is known of it.</param>
/// <param name="Sizes">The groups to grow, with their new sizes.</param>
internal sealed record ExactRewrite(ModelProto Original, ExactStudy Study, IReadOnlyDictionary<WidthGroup, long> Sizes)
{
    /// <summary>The groups, as indices into the report's widths.</summary>
    internal IReadOnlyList<int> Parts { get; } = [.. Sizes.Keys.Select(group => group.Index).Order()];

    /// <summary>The model at these sizes of some groups.</summary>
    internal ModelProto ModelWith(IReadOnlySet<int> parts)
    {
        var sizes = SizesOf(parts);
        var rewritten = PadWidths.Apply(Study.Slim, Study.Groups, sizes);
        Provenance.Add(rewritten, Study.Device, Study.Removed, sizes);
        return rewritten;
    }

    /// <summary>The whole rewrite, if its gain holds and its outputs are the original's.</summary>
    internal OptimizationResult Carry(CancellationToken cancellation)
    {
        var rewritten = ModelWith(Parts.ToHashSet());
        return Study.Confirms(rewritten)
            ? Verified(rewritten, Sizes, cancellation)
            : Study.Unchanged("no change of widths is predicted to pay for the rewritten model as a whole");
    }

    /// <summary>A part of the rewrite, whatever its predicted gain.</summary>
    internal OptimizationResult With(IReadOnlySet<int> parts, string why, CancellationToken cancellation)
    {
        var sizes = SizesOf(parts);
        if (sizes.Count == 0 && Study.Removed.Count == 0) return Study.Unchanged(why);

        var rewritten = ModelWith(parts);
        Study.Predict(rewritten);
        var result = Verified(rewritten, sizes, cancellation);
        return result with { Report = result.Report with { Widths = [.. result.Report.Widths.Select((width, index) => TakenBack(index) ? width with { Kept = why } : width)] } };

        bool TakenBack(int index) => Parts.Contains(index) && !parts.Contains(index);
    }

    private OptimizationResult Verified(ModelProto rewritten, IReadOnlyDictionary<WidthGroup, long> sizes, CancellationToken cancellation)
    {
        var verification = Study.Compare(Original, rewritten, cancellation);
        return verification.Passed
            ? Study.Changed(rewritten, sizes, verification) with { Rewrite = this with { Sizes = sizes } }
            : Study.Undone(verification);
    }

    private Dictionary<WidthGroup, long> SizesOf(IReadOnlySet<int> parts) =>
        Sizes.Where(pair => parts.Contains(pair.Key.Index)).ToDictionary(pair => pair.Key, pair => pair.Value);
}
