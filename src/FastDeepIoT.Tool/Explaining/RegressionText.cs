using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Puts a regression into words.</summary>
internal static class RegressionText
{
    /// <summary>
    /// "0.08 ns per multiply-accumulate, in steps of 16 output channels, plus 1.2 us per call; for the share of bytes of weights beyond 1048576, also ...".
    /// </summary>
    internal static string Of(Regression leaf)
    {
        var terms = leaf.Terms.Where(term => term.NanosecondsPerUnit > 0).OrderBy(term => term.Quantity is null)
            .ToLookup(term => term.Beyond);
        var always = Sum(terms[null]);
        var sometimes = terms.Where(group => group.Key is not null)
            .OrderBy(group => group.Key!.Feature, StringComparer.Ordinal).ThenBy(group => group.Key!.Value)
            .Select(group => $"; for the share of {Words.Feature(group.Key!.Feature)} beyond {Number.Trim(Number.Fixed(group.Key!.Value, 0))}, also {Sum(group)}");
        return (always.Length == 0 ? "no time of its own" : always) + string.Concat(sometimes);
    }

    /// <summary>"120 samples, of which 80% took -4% to +6%".</summary>
    internal static string Evidence(Regression leaf) =>
        $"{Number.Count(leaf.Samples, "sample")}, 80% of them within {Deviation(leaf.LowRatio)} to {Deviation(leaf.HighRatio)}";

    private static string Sum(IEnumerable<Term> terms) => string.Join(", plus ", terms.Select(Term));

    private static string Term(Term term) =>
        $"{Duration.Short(term.NanosecondsPerUnit)} per {term.Quantity?.Unit ?? "call"}"
        + (term.Roundings.Count == 0 ? "" : ", in steps of " + string.Join(" and ", term.Roundings.Select(Step)));

    private static string Step(Rounding rounding) => $"{rounding.Block} {Words.Feature(rounding.Feature)}";

    private static string Deviation(double ratio) =>
        (ratio < 1 ? "-" : "+") + Number.Trim(Number.Fixed(Math.Abs(ratio - 1) * 100, 1)) + "%";
}
