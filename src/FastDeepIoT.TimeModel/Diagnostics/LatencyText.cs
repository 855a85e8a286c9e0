using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>The words for times and missed limits: the tool and the build say the same.</summary>
public static class LatencyText
{
    /// <summary>What a readable time looks like, for messages.</summary>
    public const string Examples = "12ms, 850us or 1.5s";

    private const int Named = 3;

    // From here on a time is so many times another, no longer more by a percentage.
    private const double ManyTimes = 3;

    private static readonly (string Name, double Nanoseconds)[] _units =
        [("ns", 1), ("us", 1e3), ("\u00b5s", 1e3), ("\u03bcs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9)];

    /// <summary>
    /// The nanoseconds of a positive time as people write it; null for anything else. The unit is required, so that nobody mistakes
    /// milliseconds for seconds.
    /// </summary>
    public static double? Parse(string text)
    {
        text = text.Trim();
        var digits = text.TakeWhile(c => c is (>= '0' and <= '9') or '.').Count();
        var unit = Array.Find(_units, unit => unit.Name == text.Substring(digits).TrimStart());
        return unit.Name is not null
            && double.TryParse(text.Substring(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit.Nanoseconds is > 0 and < double.MaxValue
            ? number * unit.Nanoseconds
            : null;
    }

    /// <summary>A time with three significant digits in the unit that suits, for instance <c>3.42 ms</c>.</summary>
    public static string Of(double nanoseconds) => Math.Abs(nanoseconds) switch
    {
        0 => "0 ms",
        < 999.5 => Significant(nanoseconds) + " ns",
        < 999.5e3 => Significant(nanoseconds / 1e3) + " us",
        < 999.5e6 => Significant(nanoseconds / 1e6) + " ms",
        _ => Significant(nanoseconds / 1e9) + " s",
    };

    /// <summary>A predicted time with its interval.</summary>
    public static string Of(Prediction time) =>
        $"{Of(time.Nanoseconds)} (80% interval {Of(time.LowNanoseconds)} to {Of(time.HighNanoseconds)})";

    /// <summary>The text of FDI2001 about a model.</summary>
    public static string OverBudget(LatencyFacts facts, LatencyLimit limit) =>
        $"'{facts.Model}' is predicted to take {Of(facts.Time)} on '{facts.Device}', {Over(facts.Time, limit, "its")}. "
        + $"{Costliest(facts.Layers)} {CheapestFix.Of(facts, limit.Excess(facts.Time))}";

    /// <summary>The text of FDI2001 about all models together; intervals add up, as if all were off in the same direction.</summary>
    public static string OverTotal(IReadOnlyList<LatencyFacts> models, LatencyLimit limit)
    {
        var total = TotalOf(models.Select(facts => facts.Time));
        var dearest = models.OrderByDescending(facts => facts.Time.Nanoseconds).ThenBy(facts => facts.Model, StringComparer.Ordinal).Take(Named);
        var costliest = dearest.Select(facts =>
            $"'{facts.Model}' ({Of(facts.Time.Nanoseconds)}, {Percent(Math.Round(facts.Time.Nanoseconds / total.Nanoseconds, 2))})");
        return $"{(models.Count == 1 ? "1 model is" : $"{models.Count} models are")} predicted to take {Of(total)} in total on '{models[0].Device}', "
            + $"{Over(total, limit, models.Count == 1 ? "its" : "their")}. Costliest models: {string.Join("; ", costliest)}. "
            + CheapestFix.Of(Joined(models, total), limit.Excess(total));
    }

    /// <summary>The sum of times, with the sums of both ends.</summary>
    public static Prediction TotalOf(IEnumerable<Prediction> times) => times.Aggregate(default(Prediction), (sum, time) => new Prediction(
        sum.Nanoseconds + time.Nanoseconds, sum.LowNanoseconds + time.LowNanoseconds, sum.HighNanoseconds + time.HighNanoseconds));

    /// <summary>The text of FDI2002.</summary>
    /// <param name="facts">The model.</param>
    /// <param name="baselineNanoseconds">The time in the baseline.</param>
    /// <param name="allowed">The regression allowed, as a fraction.</param>
    public static string Regression(LatencyFacts facts, double baselineNanoseconds, double allowed) =>
        $"'{facts.Model}' is predicted to take {Of(facts.Time)} on '{facts.Device}', {Growth(facts.Time.Nanoseconds, baselineNanoseconds, " more than")} the "
        + $"{Of(baselineNanoseconds)} of the baseline; {Percent(allowed)} is allowed. {Costliest(facts.Layers)} "
        + $"{CheapestFix.Of(facts, facts.Time.Nanoseconds - baselineNanoseconds * (1 + allowed))} If the growth is wanted, update the baseline.";

    /// <summary>The text of FDI2007.</summary>
    /// <param name="model">How the user calls the model.</param>
    /// <param name="device">The name of the device model.</param>
    /// <param name="update">The command that adds it.</param>
    public static string NotInBaseline(string model, string device, string update) =>
        $"The baseline has no time of '{model}' on '{device}', so nothing tells whether it grew. Add it with '{update}' and commit the file.";

    /// <summary>The three costliest layers, each with its share.</summary>
    public static string Costliest(IReadOnlyList<LayerCost> layers) => layers.Count == 0
        ? "None of its layers is covered by the device model."
        : $"Costliest layers: {string.Join("; ", layers.Take(Named).Select(Describe))}.";

    private static LatencyFacts Joined(IReadOnlyList<LatencyFacts> models, Prediction total)
    {
        var fixes = models.SelectMany(facts => facts.Fixes.Select(fix => fix with { Layer = $"{facts.Model}: {fix.Layer}" }));
        return new LatencyFacts("", models[0].Device, total)
        {
            Fixes = [.. fixes.OrderByDescending(fix => fix.SavedNanoseconds).ThenBy(fix => fix.Layer, StringComparer.Ordinal)],
            Padding = models.Select(facts => facts.Padding).FirstOrDefault(padding => padding is not null),
        };
    }

    /// <summary>How far a time is over a budget, for instance <c>8.7% over its budget of 5.00 ms</c>, or <c>63 times its budget of 1.00 us</c>.</summary>
    public static string Over(double nanoseconds, double budgetNanoseconds, string whose = "its") =>
        $"{Growth(nanoseconds, budgetNanoseconds, " over")} {whose} budget of {Of(budgetNanoseconds)}";

    private static string Over(Prediction time, LatencyLimit limit, string whose) =>
        (limit.Basis == BudgetBasis.UpperBound ? "the upper end of which is " : "") + Over(limit.Judged(time), limit.Nanoseconds, whose);

    private static string Describe(LayerCost layer) =>
        $"'{layer.Name}' ({layer.Kind}, {Of(layer.Nanoseconds)}, {Percent(Math.Round(layer.Share, 2))})";

    // Nobody can picture 6166.8%.
    private static string Growth(double time, double from, string more) => time / from < ManyTimes
        ? Percent(Math.Round(time / from - 1, 3)) + more
        : (time / from).ToString(time / from < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) + " times";

    private static string Percent(double fraction) => (fraction * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Significant(double value)
    {
        var rounded = double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, 2 - (int)Math.Floor(Math.Log10(Math.Abs(rounded))));
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
