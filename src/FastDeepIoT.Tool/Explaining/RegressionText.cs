using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Puts a regression into words.</summary>
internal static class RegressionText
{
    /// <summary>"1.2 us per call, plus 0.08 ns per multiply-accumulate, in steps of 16 output channels".</summary>
    internal static string Of(Regression leaf)
    {
        var terms = leaf.Terms.Where(term => term.NanosecondsPerUnit > 0)
            .OrderBy(term => term.Quantity is null)
            .Select(Term).ToList();
        return terms.Count == 0 ? "no time of its own" : string.Join(", plus ", terms);
    }

    /// <summary>"120 samples, of which 80% took -4% to +6%".</summary>
    internal static string Evidence(Regression leaf) =>
        $"{Number.Count(leaf.Samples, "sample")}, 80% of them within {Deviation(leaf.LowRatio)} to {Deviation(leaf.HighRatio)}";

    private static string Term(Term term) =>
        $"{Duration.Short(term.NanosecondsPerUnit)} per {term.Quantity?.Unit ?? "call"}"
        + (term.Roundings.Count == 0 ? "" : ", in steps of " + string.Join(" and ", term.Roundings.Select(Step)));

    private static string Step(Rounding rounding) => $"{rounding.Block} {Words.Feature(rounding.Feature)}";

    private static string Deviation(double ratio) => (ratio < 1 ? "-" : "+") + Number.Trim(Number.Percent(Math.Abs(ratio - 1)).TrimEnd('%')) + "%";
}
