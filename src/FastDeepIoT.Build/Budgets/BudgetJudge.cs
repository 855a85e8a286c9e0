using System.Globalization;
using System.Linq;
using FastDeepIoT.Build.Reports;

namespace FastDeepIoT.Build.Budgets;

/// <summary>Whether a delivered model keeps its budget, and if not, what to do about it.</summary>
internal static class BudgetJudge
{
    private const int LayersNamed = 3;

    /// <summary>The text of the finding, or null when the budget is kept.</summary>
    internal static string? Judge(BuildReport report, LatencyBudget budget)
    {
        if (report.Optimized is not { } time)
            return $"'{report.Model}' has a budget of {budget}, but no time can be predicted for it. "
                + "See the findings about this model, or remove its LatencyBudget.";
        if (time.Milliseconds <= budget.Milliseconds) return null;

        var over = (time.Milliseconds / budget.Milliseconds - 1).ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "");
        return $"'{report.Model}' is predicted to take {Format(time)} on {report.Device}, {over} over its budget of {budget}. "
            + $"Costliest layers: {string.Join("; ", report.Layers.Take(LayersNamed).Select(Describe))}.";
    }

    private static string Format(PredictedTime time) =>
        $"{Duration.Format(time.Milliseconds)} ({Duration.Format(time.LowMilliseconds)} to {Duration.Format(time.HighMilliseconds)})";

    private static string Describe(LayerCost layer)
    {
        var share = (100 * layer.Share).ToString("0", CultureInfo.InvariantCulture);
        var cost = $"{layer.Name} ({layer.Kind}, {Duration.Format(layer.Milliseconds)}, {share}%)";
        return layer.Advice is null ? cost : $"{cost}: {layer.Advice.TrimEnd('.')}";
    }
}
