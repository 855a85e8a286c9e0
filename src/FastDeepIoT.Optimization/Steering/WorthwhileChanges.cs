namespace FastDeepIoT.Optimization;

/// <summary>
/// Takes changes back that would hardly be missed: least useful first, until every change that is left counts.
/// </summary>
/// <param name="estimate">Where the sizes at hand are.</param>
/// <param name="original">The sizes to go back to.</param>
/// <param name="worthOf">What a change is worth: negative when it is to be taken back.</param>
internal sealed class WorthwhileChanges(WidthEstimate estimate, IReadOnlyList<long> original, Func<PredictedGain, double> worthOf)
{
    private readonly SortedSet<(double Worth, int Group)> _worths = [];
    private readonly Dictionary<int, double> _worthOf = [];

    /// <summary>Leaves only worthwhile changes in the sizes at hand.</summary>
    internal void DropOthers(CancellationToken cancellation)
    {
        for (var group = 0; group < original.Count; group++)
            if (estimate.Sizes[group] != original[group]) Judge(group);

        while (_worths.Count > 0 && _worths.Min is ( < 0, var group))
        {
            cancellation.ThrowIfCancellationRequested();
            estimate.Set(group, original[group]);
            Forget(group);
            foreach (var near in estimate.Near(group).Where(_worthOf.ContainsKey)) Judge(near);
        }
    }

    private void Judge(int group)
    {
        Forget(group);
        _worthOf[group] = worthOf(estimate.GainOver(group, original[group]));
        _worths.Add((_worthOf[group], group));
    }

    private void Forget(int group)
    {
        if (_worthOf.Remove(group, out var worth)) _worths.Remove((worth, group));
    }
}
