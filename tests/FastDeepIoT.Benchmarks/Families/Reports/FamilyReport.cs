using System.Globalization;
using System.Text;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>How well a device model predicts whole networks, by family.</summary>
internal static class FamilyReport
{
    private const int Worst = 10;

    internal static int Write(ReportRequest request)
    {
        var files = request.Judge();
        var text = new StringBuilder($"# Networks of many families, predicted and measured\n\n{request.Provenance()}\n\n{Accuracy.Header}\n");
        void Total(string name, IEnumerable<JudgedFile> some)
        {
            if (some.ToList() is { Count: > 0 } list) text.Append(Accuracy.Of(list).Row(name)).Append('\n');
        }

        Total("**all**", files);
        Total("arbitrary widths", files.Where(IsOdd));
        if (files.Any(IsOdd)) Total("published and rounded widths", files.Where(file => !IsOdd(file)));
        foreach (var family in files.GroupBy(file => FamilyOf(file.Path))) Total(family.Key, family);
        text.Append(CultureInfo.InvariantCulture, $"\n{files.Count(file => !file.Measured.Agrees)} models were never measured twice with the same result.\n");

        text.Append($"\n## The worst\n\n{RowHeader}\n").AppendJoin('\n', files.OrderByDescending(file => file.Error).Take(Worst).Select(Row));
        text.Append($"\n\n## All\n\n{RowHeader}\n").AppendJoin('\n', files.Select(Row)).Append('\n');
        File.WriteAllText(request.Report, text.ToString());
        return 0;
    }

    private const string RowHeader = "| model | predicted | measured | ratio | 80% interval | without a time |\n|---|---|---|---|---|---|";

    private static string Row(JudgedFile file) => string.Create(CultureInfo.InvariantCulture,
        $"| {file.Path} | {file.Prediction.Time.Nanoseconds / 1e3:0.0} us | {file.Measured.Nanoseconds / 1e3:0.0} us | {file.Ratio:0.000} ")
        + $"| {(file.IsInside ? "inside" : "outside")} | {string.Join(", ", file.Prediction.Unmodelled)} |";

    private static bool IsOdd(JudgedFile file) => file.Path.Contains("-odd-", StringComparison.Ordinal);

    // A written network names its family first; published models lie in a folder of their own.
    private static string FamilyOf(string path) => path.Split(path.Contains('/') ? '/' : '-')[0];
}
