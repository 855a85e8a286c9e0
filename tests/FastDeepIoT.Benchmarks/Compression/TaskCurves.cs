namespace FastDeepIoT.Benchmarks;

/// <summary>The curves of a task, with times: measured ones where there are some.</summary>
internal sealed class TaskCurves
{
    internal const string Ours = "ours";

    private const string Rounded = " to ";

    private readonly IReadOnlyList<CurvePoint> _points;
    private readonly IReadOnlyDictionary<string, double> _times;

    internal TaskCurves(string folder) => (Name, _points, _times) = (Path.GetFileName(folder), CurvePoint.Read(folder), CurvePoint.ReadTimes(folder));

    internal string Name { get; }

    internal bool IsMeasured => _times.Count > 0;

    internal CurvePoint Original => _points[0];

    internal IEnumerable<string> Methods => _points.Select(point => point.Method).Distinct();

    /// <summary>Microseconds; null where a model was not accurate enough to be timed.</summary>
    internal double? TimeOf(CurvePoint point) => !IsMeasured ? point.PredictedUs : _times.TryGetValue(point.File, out var time) ? time : null;

    /// <summary>
    /// A method's fastest model that loses no more than a drop; null when it has none. Ours, which knows times and may leave the original as it is, by
    /// predicted time; others by the time they take.
    /// </summary>
    internal CurvePoint? Best(string method, double drop) =>
        method == Ours ? Within(drop).Where(point => point.Method == Ours || point == Original).MinBy(point => point.PredictedUs)
            : Within(drop).Where(point => point.Method == method).MinBy(TimeOf);

    /// <summary>The fastest of time-unaware pruning, with widths as they come or rounded by hand.</summary>
    internal CurvePoint? BestOfOthers(bool rounded, double drop) => Methods.Where(method => method != Ours && method != Original.Method && method.Contains(Rounded, StringComparison.Ordinal) == rounded)
        .Select(method => Best(method, drop)).OfType<CurvePoint>().MinBy(TimeOf);

    /// <summary>The fastest of ours, by predicted time, whose outputs are no farther from the original's than another model's.</summary>
    internal CurvePoint? BestAsCloseAs(CurvePoint other) =>
        _points.Where(point => point.Method is Ours && point.Divergence <= other.Divergence && TimeOf(point) is not null).MinBy(point => point.PredictedUs);

    /// <summary>The models of ours that were measured, the original not counted.</summary>
    internal IEnumerable<CurvePoint> Measured => IsMeasured ? _points.Where(point => point.Method is Ours && TimeOf(point) is not null) : [];

    private IEnumerable<CurvePoint> Within(double drop) => _points.Where(point => point.Accuracy >= Original.Accuracy - drop - 1e-9 && TimeOf(point) is not null);
}
