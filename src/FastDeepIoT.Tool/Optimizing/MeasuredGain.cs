using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>How long a model and its rewritten form take on this machine, timed in turn.</summary>
internal sealed record MeasuredGain(string Path, ModelTime Before, ModelTime After)
{
    /// <summary>Whether the rewritten one is faster, by more than noise.</summary>
    internal bool Pays => MeasuredSelection.Pays(Before, After);

    /// <summary>FDI3014 when the machine was busy.</summary>
    internal IEnumerable<Finding> Findings => Before.Quiet && After.Quiet ? [] : [MeasuredModel.Disturbed(Path)];
}
