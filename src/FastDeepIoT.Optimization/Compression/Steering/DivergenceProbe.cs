using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Measures what narrowing each group alone does to the outputs of the network.</summary>
/// <param name="model">The network.</param>
/// <param name="repair">Repairs it.</param>
/// <param name="samples">Samples to run.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class DivergenceProbe(ModelProto model, NetworkRepair repair, CalibrationSamples samples, CancellationToken cancellation)
{
    // Between the sizes measured, the loss of the readers tells what to expect.
    private const int MostSizes = 5;

    private readonly ModelOutputs _original = ModelOutputs.Of(model, samples, cancellation);

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

    private double At(ChannelRanking ranking, long size)
    {
        var change = new WidthChange();
        change.Take(ranking.Group, ranking.Kept(size));
        return Divergence.Of(_original, ModelOutputs.Of(repair.AtOnce(change), samples, cancellation));
    }
}
