using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Fits a plan that was chosen once more, now to all data but those that judge: what it was chosen by says something about weights too.</summary>
internal sealed class FinalFit(CompressionStudy study, CalibrationSamples samples) : IDisposable
{
    // It is done once, and is what is delivered.
    private const double Rows = 1.5;

    private readonly RuntimeProduct _product = new();
    private IReadOnlyList<SiteRecord>? _whole;

    /// <summary>The model of a plan.</summary>
    internal ModelProto Build(CompressionPlan plan, CancellationToken cancellation)
    {
        if (study.HasNoData) return plan.Build(cancellation);

        var (variant, whole) = (plan.Variant, study.Whole);
        _whole ??= OriginalRecords.Targets(whole.Model, whole.Groups, samples, _product, Rows, cancellation);
        var records = variant == whole ? _whole
            : RecordTargets.Replaced(OriginalRecords.Targets(variant.Model, variant.Groups, samples, _product, Rows, cancellation), _whole);
        return new NetworkRepair(variant.Model, variant.Groups, records, samples, _product).InSequence(plan.Change(), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _product.Dispose();
}
