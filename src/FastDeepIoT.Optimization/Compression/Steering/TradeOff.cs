namespace FastDeepIoT.Optimization;

/// <summary>Choices between time and divergence of which none is worse in both than another.</summary>
/// <typeparam name="T">What is chosen.</typeparam>
internal sealed class TradeOff<T>
{
    private readonly List<(double Divergence, double Time, T Choice)> _choices = [];

    /// <summary>The choices, the most careful and slowest first.</summary>
    internal IEnumerable<(double Divergence, double Time, T Choice)> Choices => _choices;

    /// <summary>Takes in a choice unless another is as good in both.</summary>
    internal void Offer(double divergence, double time, Func<T> choice)
    {
        if (!double.IsFinite(divergence) || !double.IsFinite(time)) return;

        var at = First(divergence);
        if (at > 0 && _choices[at - 1].Time <= time || at < _choices.Count && _choices[at].Divergence == divergence && _choices[at].Time <= time) return;

        var worse = at;
        while (worse < _choices.Count && _choices[worse].Time >= time) worse++;
        _choices.RemoveRange(at, worse - at);
        _choices.Insert(at, (divergence, time, choice()));
    }

    // The first choice with at least this divergence.
    private int First(double divergence)
    {
        var (low, high) = (0, _choices.Count);
        while (low < high)
            if ((low + high) / 2 is var middle && _choices[middle].Divergence < divergence) low = middle + 1;
            else high = middle;
        return low;
    }
}
