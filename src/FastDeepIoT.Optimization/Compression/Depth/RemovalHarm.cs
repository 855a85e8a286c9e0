using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Judges what it does to a network to leave out a stretch, repaired nearby. Asked about stretches in running order, it runs only what follows where each
/// starts.
/// </summary>
internal sealed class RemovalHarm(NetworkVariant whole, StudyContext context, CancellationToken cancellation) : IDisposable
{
    // A first guess of many.
    private const double Rows = 0.5;

    private readonly IReadOnlyList<SiteRecord> _targets = OriginalRecords.Targets(whole.Model, whole.Groups, context.Some, context.Product, Rows, cancellation);
    private readonly PrefixCache _fit = new(whole.Model, context.Some), _probe = new(whole.Model, context.Probe);

    /// <summary>How far outputs go off; infinite for a stretch that cannot be left out after all, because shapes differ when the model runs.</summary>
    internal double Of(RemoveSegments without)
    {
        try
        {
            var repaired = without.RepairedNearby(_targets, context, context.Some, _fit, cancellation);
            using var prefix = _probe.Fork(repaired, cancellation) ?? new PrefixCache(repaired, context.Probe);
            return context.DivergenceOf(repaired, prefix, cancellation);
        }
        catch (Exception exception) when (exception is InputException or OnnxRuntimeException)
        {
            return double.PositiveInfinity;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fit.Dispose();
        _probe.Dispose();
    }
}
