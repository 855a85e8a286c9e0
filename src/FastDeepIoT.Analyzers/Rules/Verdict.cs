using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>What a device model says about one width.</summary>
/// <param name="Device">The device.</param>
/// <param name="Cliff">The better neighbours of the width, for its layer alone.</param>
internal sealed record Verdict(DeviceModel Device, Cliff Cliff)
{
    /// <summary>The neighbours to offer, the wider first.</summary>
    internal IEnumerable<WidthComparison> Neighbours
    {
        get
        {
            if ((Cliff.Wider ?? Cliff.Free) is { } wider) yield return wider;
            if (Cliff.Narrower is { } narrower) yield return narrower;
        }
    }
}
