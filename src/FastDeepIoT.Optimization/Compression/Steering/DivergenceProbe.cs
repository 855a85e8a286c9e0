using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Measures what narrowing each group alone does to the outputs of the network.</summary>
internal static class DivergenceProbe
{
    private const int MostSamples = 128;

    private static readonly double[] Shares = [0.875, 0.625, 0.375];

    internal static IReadOnlyDictionary<WidthGroup, DivergenceCurve> Measure(
        ModelProto model, IReadOnlyList<ChannelRanking> rankings, NetworkRepair repair, CalibrationSamples samples, IProgress<double>? progress, CancellationToken cancellation)
    {
        var some = samples.Take(MostSamples);
        var original = ModelOutputs.Of(model, some, cancellation);
        var curves = new Dictionary<WidthGroup, DivergenceCurve>();
        foreach (var ranking in rankings)
        {
            var sizes = Shares.Select(share => (long)Math.Ceiling(share * ranking.Group.Size)).Where(size => size >= 1 && size < ranking.Group.Size).Distinct();
            curves[ranking.Group] = new DivergenceCurve(ranking, [.. sizes.Select(size => (size, Divergence(ranking, size)))]);
            progress?.Report((double)curves.Count / rankings.Count);
        }

        return curves;

        double Divergence(ChannelRanking ranking, long size)
        {
            var change = new WidthChange();
            change.Take(ranking.Group, ranking.Kept(size));
            return ModelOutputs.Of(repair.AtOnce(change), some, cancellation).DivergenceFrom(original);
        }
    }
}
