namespace FastDeepIoT.Optimization;

/// <summary>Asks an estimate about sizes without taking them.</summary>
internal static class TimesAround
{
    /// <summary>As <see cref="WidthEstimate.NanosecondsAround(int)"/>, with the group at another size.</summary>
    internal static double NanosecondsAround(this WidthEstimate estimate, int group, long size)
    {
        var before = estimate.Sizes[group];
        estimate.Set(group, size);
        var time = estimate.NanosecondsAround(group);
        estimate.Set(group, before);
        return time;
    }
}
