using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.Build.Devices;
using FastDeepIoT.Build.Items;
using FastDeepIoT.Build.Reports;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Budgets;

/// <summary>
/// What all models of a project may take together, from <c>FastDeepIoTTotalLatencyBudget</c>: one time for every device, <c>30ms</c>, or one
/// a device, <c>x64-avx512-1t=5ms;devices/gateway.json=30ms</c>.
/// </summary>
internal sealed class TotalBudgets
{
    internal const string Expected = LatencyBudget.Expected + ", or one for each device such as devices/gateway.json=30ms";

    private readonly LatencyBudget? _everywhere;
    private readonly IReadOnlyList<TargetDevice> _byDevice;

    internal TotalBudgets(string text)
    {
        _everywhere = LatencyBudget.TryParse(text);
        _byDevice = _everywhere is null ? TargetDevice.ParseList(text) : [];
    }

    /// <summary>Entries that mean nothing.</summary>
    internal IEnumerable<string> Problems =>
        _byDevice.Where(entry => LatencyBudget.TryParse(entry.LatencyBudget) is null).Select(entry => $"{entry.Device}={entry.LatencyBudget}".TrimEnd('='));

    /// <summary>The devices a budget is named for.</summary>
    internal IEnumerable<string> Devices => _byDevice.Select(entry => entry.Device);

    /// <summary>The total of each device that has a budget.</summary>
    internal IEnumerable<TotalVerdict> Judge(IReadOnlyList<ModelVerdict> verdicts, BudgetBasis basis)
    {
        foreach (var device in verdicts.GroupBy(verdict => verdict.Model.GetMetadata(Metadata.Device)))
        {
            List<LatencyFacts> facts = [.. device.Select(verdict => verdict.Report.Facts).OfType<LatencyFacts>()];
            if (facts.Count > 0 && Of(device.Key) is { } budget)
                yield return TotalVerdict.Of(facts, new LatencyLimit(budget.Nanoseconds, basis));
        }
    }

    private LatencyBudget? Of(string device) => _everywhere
        ?? _byDevice.Where(entry => entry.Device == device).Select(entry => LatencyBudget.TryParse(entry.LatencyBudget)).FirstOrDefault();
}
