namespace FastDeepIoT.Optimization;

/// <summary>Tells how far several stages of work are together.</summary>
internal sealed class StageProgress(IProgress<double>? progress)
{
    private double _done;

    /// <summary>The progress of a stage that takes a share of what is left.</summary>
    internal IProgress<double> Next(double share)
    {
        var start = _done;
        share *= 1 - start;
        _done += share;
        return new Part(progress, start, share);
    }

    private sealed class Part(IProgress<double>? whole, double start, double share) : IProgress<double>
    {
        public void Report(double value) => whole?.Report(start + share * Math.Clamp(value, 0, 1));
    }
}
