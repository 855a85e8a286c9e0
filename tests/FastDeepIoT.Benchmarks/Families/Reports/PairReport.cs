using System.Globalization;
using System.Text;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Two networks of a group: the width in its middle and another.</summary>
internal sealed record JudgedPair(string Kind, JudgedFile Center, JudgedFile Other)
{
    private const double Different = 0.05;

    /// <summary>How much the slower one takes longer than the faster one, as measured.</summary>
    internal double Measured => Other.Measured.Nanoseconds / Center.Measured.Nanoseconds;

    /// <summary>The other's time over the center's, as predicted.</summary>
    internal double Predicted => Other.Prediction.Time.Nanoseconds / Center.Prediction.Time.Nanoseconds;

    /// <summary>Whether the slower one takes over 5% longer.</summary>
    internal bool Differs => Math.Max(Measured, 1 / Measured) > 1 + Different;

    /// <summary>Whether the prediction names the faster one; equal times name neither.</summary>
    internal bool IsRight => Measured > 1 ? Predicted > 1 : Predicted < 1;
}

/// <summary>Whether a device model tells which of two neighbouring widths is faster.</summary>
internal static class PairReport
{
    internal static int Write(ReportRequest request)
    {
        var pairs = request.Judge().GroupBy(file => file.Path[..file.Path.LastIndexOf('-')]).SelectMany(Pairs).ToList();
        var text = new StringBuilder($"""
            # Which of two widths is faster

            {request.Provenance()}

            Small networks that differ in one width: a width against one less, one more, and the next multiples of 4, 8, 16 and 32. A pair counts
            when the slower one takes over 5% longer, and is right when the prediction names the faster one.

            | | pairs | differ by over 5% | right | share |
            |---|---|---|---|---|

            """);
        Row("**all**", pairs);
        foreach (var kind in pairs.GroupBy(pair => pair.Kind)) Row(kind.Key, [.. kind]);
        text.Append("\n## Wrong\n\n| width | against | measured | predicted |\n|---|---|---|---|\n");
        foreach (var pair in pairs.Where(pair => pair.Differs && !pair.IsRight))
            text.Append(CultureInfo.InvariantCulture, $"| {pair.Other.Path} | {pair.Center.Path} | {pair.Measured:0.000} | {pair.Predicted:0.000} |\n");
        File.WriteAllText(request.Report, text.ToString());
        return 0;

        void Row(string name, IReadOnlyCollection<JudgedPair> some)
        {
            var (differ, right) = (some.Count(pair => pair.Differs), some.Count(pair => pair.Differs && pair.IsRight));
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {some.Count} | {differ} | {right} | {(differ == 0 ? 1 : right / (double)differ):0.0%} |\n");
        }
    }

    private static IEnumerable<JudgedPair> Pairs(IGrouping<string, JudgedFile> group)
    {
        var center = group.Single(file => file.Path.EndsWith($"-w{group.Key[(group.Key.LastIndexOf('c') + 1)..]}.onnx", StringComparison.Ordinal));
        return group.Where(file => file != center).Select(file => new JudgedPair(group.Key.Split('-')[0], center, file));
    }
}
