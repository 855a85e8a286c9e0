using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>A choice of widths for a model, which can be carried out in whole or in part.</summary>
public sealed class ExactRewrite
{
    private readonly ModelProto _original;
    private readonly ExactStudy _study;
    private readonly IReadOnlyDictionary<WidthGroup, long> _sizes;

    internal ExactRewrite(ModelProto original, ExactStudy study, IReadOnlyDictionary<WidthGroup, long> sizes)
    {
        (_original, _study, _sizes) = (original, study, sizes);
        Parts = [.. sizes.Keys.Select(group => group.Index).Order()];
    }

    /// <summary>The widths that are padded, as indices into the report's widths: each may be left out by itself.</summary>
    public IReadOnlyList<int> Parts { get; }

    /// <summary>The model with only some of the parts, without comparing outputs: to be timed.</summary>
    /// <param name="parts">Some of <see cref="Parts"/>; none leaves only the removal of channels that are not needed.</param>
    public ModelProto ModelWith(IReadOnlySet<int> parts)
    {
        var sizes = SizesOf(parts);
        var rewritten = PadWidths.Apply(_study.Slim, _study.Groups, sizes);
        Provenance.Add(rewritten, _study.Device, _study.Removed, sizes);
        return rewritten;
    }

    /// <summary>The result with only some of the parts, whatever its predicted gain; its outputs are compared with the original's.</summary>
    /// <param name="parts">Some of <see cref="Parts"/>.</param>
    /// <param name="why">What to tell of those that are left out.</param>
    /// <param name="cancellation">Stops the comparison.</param>
    public OptimizationResult With(IReadOnlySet<int> parts, string why, CancellationToken cancellation = default)
    {
        var sizes = SizesOf(parts);
        if (sizes.Count == 0 && _study.Removed.Count == 0) return _study.Unchanged(why);

        var rewritten = ModelWith(parts);
        _study.Predict(rewritten);
        var result = Verified(rewritten, sizes, cancellation);
        return result with { Report = result.Report with { Widths = [.. result.Report.Widths.Select((width, index) => TakenBack(index) ? width with { Kept = why } : width)] } };

        bool TakenBack(int index) => Parts.Contains(index) && !parts.Contains(index);
    }

    /// <summary>The whole rewrite, if its gain holds and its outputs are the original's.</summary>
    internal OptimizationResult Carry(CancellationToken cancellation)
    {
        var rewritten = ModelWith(Parts.ToHashSet());
        return _study.Confirms(rewritten)
            ? Verified(rewritten, _sizes, cancellation)
            : _study.Unchanged("no change of widths is predicted to pay for the rewritten model as a whole");
    }

    private OptimizationResult Verified(ModelProto rewritten, IReadOnlyDictionary<WidthGroup, long> sizes, CancellationToken cancellation)
    {
        var verification = _study.Compare(_original, rewritten, cancellation);
        return verification.Passed
            ? _study.Changed(rewritten, sizes, verification) with { Rewrite = new ExactRewrite(_original, _study, sizes) }
            : _study.Undone(verification);
    }

    private Dictionary<WidthGroup, long> SizesOf(IReadOnlySet<int> parts) =>
        _sizes.Where(pair => parts.Contains(pair.Key.Index)).ToDictionary(pair => pair.Key, pair => pair.Value);
}
