using FastDeepIoT.Onnx;

namespace FastDeepIoT.Optimization;

/// <summary>Lets the sites of a variant aim at what the same sites of the whole network give.</summary>
internal static class RecordTargets
{
    /// <summary>Records of some sites of a variant, without moments, for those that the whole network has too.</summary>
    internal static IReadOnlyList<SiteRecord> For(WidthGroups groups, AffectedSites affected, IReadOnlyList<SiteRecord> whole)
    {
        var targets = whole.ToDictionary(record => KeyOf(record.Site));
        return [.. ReaderSites.Of(groups).Where(affected.Contains)
            .Select(site => targets.TryGetValue(KeyOf(site), out var target) ? new SiteRecord(site, groups, target.Rows.Most) { Targets = target.Targets } : null)
            .OfType<SiteRecord>().Where(record => Fits(record, targets[KeyOf(record.Site)]))];
    }

    /// <summary>The records of a variant, with the targets of the whole network wherever that has the site too.</summary>
    internal static IReadOnlyList<SiteRecord> Replaced(IReadOnlyList<SiteRecord> variant, IReadOnlyList<SiteRecord> whole)
    {
        var targets = whole.ToDictionary(record => KeyOf(record.Site));
        return [.. variant.Select(record => targets.TryGetValue(KeyOf(record.Site), out var target) && Fits(record, target) ? record.With(target.Targets) : record)];
    }

    private static (string, int, int) KeyOf(ReaderSite site) => (site.Key, site.WeightInput, site.Direction);

    // What a site's outputs are added to may be gone.
    private static bool Fits(SiteRecord record, SiteRecord target) =>
        record.Tail.Sum == target.Tail.Sum && (record.Tail.Addend is null) == (target.Tail.Addend is null) && record.Weights.Rows == target.Weights.Rows && record.Rows.Most == target.Rows.Most;
}
