namespace FastDeepIoT.Optimization;

/// <summary>
/// How far the outputs of the whole network go off when one group is narrowed and repaired: measured at a few widths, and between them
/// read off the loss of the readers, which is known for all.
/// </summary>
internal sealed class DivergenceCurve
{
    private const double Tiny = 1e-12, Huge = 1e6;

    private readonly ChannelRanking _ranking;
    private readonly List<(double LogLoss, double LogDivergence)> _points;

    /// <summary>A curve through what was measured.</summary>
    internal DivergenceCurve(ChannelRanking ranking, IEnumerable<(long Size, double Divergence)> measured)
    {
        _ranking = ranking;
        _points = [.. measured.Select(point => (Math.Log(LossAt(point.Size)), Math.Log(Math.Clamp(point.Divergence, Tiny, Huge)))).OrderBy(point => point.Item1)];
        for (var index = 1; index < _points.Count; index++)
            _points[index] = (_points[index].LogLoss, Math.Max(_points[index].LogDivergence, _points[index - 1].LogDivergence));
    }

    /// <summary>The divergence expected at a size.</summary>
    internal double At(long size)
    {
        if (size >= _ranking.Group.Size) return 0;
        if (size < 1 || _points.Count == 0) return double.PositiveInfinity;

        var x = Math.Log(LossAt(size));
        var above = _points.FindIndex(point => point.LogLoss >= x);
        if (above == 0) return Math.Exp(_points[0].LogDivergence + x - _points[0].LogLoss);
        if (above < 0) return Math.Exp(_points[^1].LogDivergence + x - _points[^1].LogLoss);

        var (low, high) = (_points[above - 1], _points[above]);
        var share = high.LogLoss > low.LogLoss ? (x - low.LogLoss) / (high.LogLoss - low.LogLoss) : 1;
        return Math.Exp(low.LogDivergence + share * (high.LogDivergence - low.LogDivergence));
    }

    private double LossAt(long size) => Math.Max(Tiny, _ranking.Losses[(int)(_ranking.Group.Size - size)]);
}
