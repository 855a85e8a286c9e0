using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Measures what narrowing each group alone does to the outputs of the network. Asked about groups in the order of their first nodes, it runs only what
/// follows these.
/// </summary>
/// <param name="model">The network.</param>
/// <param name="repair">Repairs it.</param>
/// <param name="samples">Samples to run.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class DivergenceProbe(ModelProto model, NetworkRepair repair, CalibrationSamples samples, CancellationToken cancellation) : IDisposable
{
    // Between the sizes measured, the loss of the readers tells what to expect.
    private const int MostSizes = 5;

    private readonly PrefixCache _prefix = new(model, samples);
    private readonly Lazy<ModelOutputs> _original = new(() => ModelOutputs.Of(model, samples, cancellation));

    /// <summary>What narrowing a group does, as a curve over its sizes.</summary>
    /// <param name="ranking">The group.</param>
    /// <param name="sizes">The sizes worth trying, ascending.</param>
    internal DivergenceCurve Measure(ChannelRanking ranking, IReadOnlyList<long> sizes)
    {
        var narrower = sizes.Where(size => size < ranking.Group.Size).ToList();
        var some = Math.Min(MostSizes, narrower.Count);
        var measured = Enumerable.Range(0, some).Select(index => narrower[some == 1 ? 0 : index * (narrower.Count - 1) / (some - 1)]).Distinct();
        return new DivergenceCurve(ranking, [.. measured.Select(size => (size, At(ranking, size)))]);
    }

    /// <inheritdoc/>
    public void Dispose() => _prefix.Dispose();

    private double At(ChannelRanking ranking, long size)
    {
        var change = new WidthChange();
        change.Take(ranking.Group, ranking.Kept(size));
        var narrower = repair.AtOnce(change);
        using var prefix = _prefix.Fork(narrower, cancellation) ?? new PrefixCache(narrower, samples);
        return Divergence.Of(_original.Value, ModelOutputs.Of(narrower, samples, prefix, cancellation));
    }
}
