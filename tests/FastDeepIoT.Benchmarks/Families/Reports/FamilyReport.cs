using System.Globalization;
using System.Text;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>How well a device model predicts whole networks, by family.</summary>
internal static class FamilyReport
{
    private const int Worst = 10;
    private const double LargestUnmodelled = 0.01;

    internal static int Write(ReportRequest request)
    {
        var files = request.Judge();
        var text = new StringBuilder($"# Whole networks, predicted and measured\n\n{request.Provenance()}\n\n{Setting(files)}\n\n{Accuracy.Header}\n");
        void Total(string name, IEnumerable<JudgedFile> some)
        {
            if (some.ToList() is { Count: > 0 } list) text.Append(Accuracy.Of(list).Row(name)).Append('\n');
        }

        Total("**all**", files);
        Total("arbitrary widths", files.Where(IsOdd));
        if (files.Any(IsOdd)) Total("published and rounded widths", files.Where(file => !IsOdd(file)));
        foreach (var family in files.GroupBy(file => FamilyOf(file.Path))) Total(family.Key, family);
        text.Append(CultureInfo.InvariantCulture, $"\n{files.Count(file => !file.Measured.Agrees)} models were never measured twice with the same result. "
            + $"In {files.Count(file => file.UnmodelledShare > LargestUnmodelled)} over 1% of the run goes to operators without a time.\n");

        text.Append($"\n## The worst\n\n{RowHeader}\n").AppendJoin('\n', files.OrderByDescending(file => file.Error).Take(Worst).Select(Row));
        text.Append($"\n\n## All\n\n{RowHeader}\n").AppendJoin('\n', files.Select(Row)).Append('\n');
        File.WriteAllText(request.Report, text.ToString());
        return 0;
    }

    private static string Setting(IReadOnlyList<JudgedFile> files) => (files.Any(IsOdd)
        ? """
            The networks are written by `families` of `tests/FastDeepIoT.Benchmarks`, which shares no code with what the learning is fed with. They
            look as torch.onnx (operator sets 11 to 17) and tf2onnx write them. A file name tells family, width multiplier, how widths were rounded
            (`published`; `r8` and `r16` to multiples; `odd`: every width has a random factor of its own and is not rounded) and input size.

            """
        : "Published and trained models; their free dimensions count as 1.\n") + """
        Measured is the mean of the two fastest of several measurements, minutes apart, each the median over quiet rounds (`times`).
        """;

    private const string RowHeader = "| model | predicted | measured | ratio | 80% interval | without a time |\n|---|---|---|---|---|---|";

    private static string Row(JudgedFile file) => string.Create(CultureInfo.InvariantCulture,
        $"| {file.Path} | {file.Prediction.Time.Nanoseconds / 1e3:0.0} us | {file.Measured.Nanoseconds / 1e3:0.0} us | {file.Ratio:0.000} ")
        + $"| {(file.IsInside ? "inside" : "outside")} | {Unmodelled(file)} |";

    private static string Unmodelled(JudgedFile file) => file.Prediction.Unmodelled.Count == 0
        ? "" : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", file.Prediction.Unmodelled)} ({file.UnmodelledShare:0.0%} of the run)");

    private static bool IsOdd(JudgedFile file) => file.Path.Contains("-odd-", StringComparison.Ordinal);

    // A written network names its family first; published models lie in a folder of their own.
    private static string FamilyOf(string path) => path.Split(path.Contains('/') ? '/' : '-')[0];
}
