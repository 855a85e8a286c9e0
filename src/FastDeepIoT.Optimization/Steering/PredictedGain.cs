using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>What a change is predicted to save, and how much of it the device model's own error cannot pretend.</summary>
/// <param name="Nanoseconds">Expected saving; negative when the change costs time.</param>
/// <param name="SureNanoseconds">Nine runs in ten are expected to save more than this.</param>
internal readonly record struct PredictedGain(double Nanoseconds, double SureNanoseconds)
{
    /// <summary>
    /// Compares two predictions of nearly the same network: layers that are the same in both have the same error in both. Layers of one kind beyond what
    /// the device model saw err together; where only few of a kind were seen, all of them may be wrong in the same way.
    /// </summary>
    internal static PredictedGain Of(NetworkPrediction before, NetworkPrediction after)
    {
        double gain = 0, doubt = 0;
        var beyond = new Dictionary<string, double>();
        foreach (var (old, now) in LayerPairs.Of(before.Layers, after.Layers))
        {
            gain += (old?.Time.Nanoseconds ?? 0) - (now?.Time.Nanoseconds ?? 0);
            var (own, kind) = (DoubtOf(old?.Time ?? default, now?.Time ?? default), (old ?? now)!.Kind);
            if (old is { Extrapolates: true } || now is { Extrapolates: true }) beyond[kind] = beyond.GetValueOrDefault(kind) + Math.Sqrt(own);
            else doubt += own;
        }

        doubt += beyond.Values.Sum(together => together * together);
        return new PredictedGain(gain, gain - Math.Sqrt(doubt));
    }

    // The square of how much less may be saved. Where one regression gave both times, it errs by the same fraction in both.
    private static double DoubtOf(Prediction before, Prediction after)
    {
        var (below, above) = (before.Nanoseconds - before.LowNanoseconds, after.HighNanoseconds - after.Nanoseconds);
        if (!SameRatios(before, after)) return below * below + above * above;

        var difference = before.Nanoseconds > after.Nanoseconds
            ? (before.Nanoseconds - after.Nanoseconds) * below / before.Nanoseconds
            : after.Nanoseconds > 0 ? (after.Nanoseconds - before.Nanoseconds) * above / after.Nanoseconds : 0;
        return difference * difference;
    }

    private static bool SameRatios(Prediction before, Prediction after) =>
        Close(before.LowNanoseconds * after.Nanoseconds, after.LowNanoseconds * before.Nanoseconds)
        && Close(before.HighNanoseconds * after.Nanoseconds, after.HighNanoseconds * before.Nanoseconds);

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Abs(a + b);
}
