using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Reports;

/// <summary>All models of a project on one device, and how they did against their common budget.</summary>
/// <param name="Device">The name of the device model.</param>
/// <param name="Time">What they are predicted to take together.</param>
/// <param name="Budget">What they may take.</param>
/// <param name="Failure">FDI2001, or null.</param>
internal sealed record TotalVerdict(string Device, Prediction Time, LatencyLimit Budget, Finding? Failure)
{
    internal static TotalVerdict Of(IReadOnlyList<LatencyFacts> models, LatencyLimit budget)
    {
        var time = LatencyText.TotalOf(models.Select(facts => facts.Time));
        var failure = budget.Excess(time) > 0 ? new Finding(DiagnosticCode.OverBudget, LatencyText.OverTotal(models, budget)) : null;
        return new TotalVerdict(models[0].Device, time, budget, failure);
    }
}
