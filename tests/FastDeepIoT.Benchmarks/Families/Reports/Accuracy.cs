using System.Globalization;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>How well some models are predicted; shares between 0 and 1, errors relative to the measured times.</summary>
internal sealed record Accuracy(int Count, double Mape, double MedianRatio, double Rmspe, double Within5, double Within10, double Inside)
{
    internal const string Header =
        "| | models | MAPE | median predicted / measured | RMSPE | within 5% | within 10% | in the 80% interval |\n|---|---|---|---|---|---|---|---|";

    internal static Accuracy Of(IReadOnlyCollection<JudgedFile> files)
    {
        var ratios = files.Select(file => file.Ratio).Order().ToList();
        double Share(Func<JudgedFile, bool> holds) => files.Count(holds) / (double)files.Count;
        return new Accuracy(files.Count, files.Average(file => file.Error), (ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2,
            Math.Sqrt(files.Average(file => file.Error * file.Error)), Share(file => file.Error <= 0.05), Share(file => file.Error <= 0.10), Share(file => file.IsInside));
    }

    /// <summary>A row of the table.</summary>
    internal string Row(string name) => string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {Count} | {Mape:0.0%} | {MedianRatio:0.000} | {Rmspe:0.0%} | {Within5:0.0%} | {Within10:0.0%} | {Inside:0.0%} |");
}
