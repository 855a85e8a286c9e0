using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Puts a regression into words.</summary>
internal static class RegressionText
{
    /// <summary>
    /// "0.08 ns per multiply-accumulate, in steps of 16 output channels, plus 1.2 us per call; for the share of bytes of weights beyond 1048576, also
    /// ...; where the stride is more than 1, also ...".
    /// </summary>
    internal static string Of(Regression leaf)
    {
        var terms = leaf.Terms.Where(term => term.NanosecondsPerUnit > 0).OrderBy(term => term.Quantity is null)
            .ToLookup(term => (term.Where, term.Beyond));
        var always = Sum(terms[(null, null)]);
        var sometimes = terms.Where(group => group.Key is not (null, null))
            .OrderBy(group => group.Key.Where?.Condition.Feature, StringComparer.Ordinal).ThenBy(group => group.Key.Where?.Condition.Value)
            .ThenBy(group => group.Key.Beyond?.Feature, StringComparer.Ordinal).ThenBy(group => group.Key.Beyond?.Value)
            .Select(group => $"; {string.Join(", ", Circumstances(group.Key.Where, group.Key.Beyond))}, also {Sum(group)}");
        return (always.Length == 0 ? "no time of its own" : always) + string.Concat(sometimes);
    }

    /// <summary>"120 samples, of which 80% took -4% to +6%".</summary>
    internal static string Evidence(Regression leaf) =>
        $"{Number.Count(leaf.Samples, "sample")}, 80% of them within {Deviation(leaf.LowRatio)} to {Deviation(leaf.HighRatio)}";

    private static string Sum(IEnumerable<Term> terms) => string.Join(", plus ", terms.Select(Term));

    private static string Term(Term term) =>
        $"{Duration.Short(term.NanosecondsPerUnit)} per {term.Quantity?.Unit ?? "call"}"
        + Steps(", in steps of ", term.Roundings.Where(rounding => !rounding.LeftOver), rounding => $"{rounding.Block} {Words.Feature(rounding.Feature)}")
        + Steps(", counting only ", term.Roundings.Where(rounding => rounding.LeftOver), rounding => $"{Words.Feature(rounding.Feature)} left over after blocks of {rounding.Block}");

    private static string Steps(string start, IEnumerable<Rounding> roundings, Func<Rounding, string> say) =>
        roundings.Any() ? start + string.Join(" and ", roundings.Select(say)) : "";

    private static IEnumerable<string> Circumstances(Where? where, Condition? beyond)
    {
        if (where is not null) yield return "where " + ConditionText.Of([(where.Condition, where.Answer)]);
        if (beyond is not null) yield return $"for the share of {Words.Feature(beyond.Feature)} beyond {Number.Trim(Number.Fixed(beyond.Value, 0))}";
    }

    private static string Deviation(double ratio) =>
        (ratio < 1 ? "-" : "+") + Number.Trim(Number.Fixed(Math.Abs(ratio - 1) * 100, 1)) + "%";
}
