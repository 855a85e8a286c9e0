using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>A layer as messages about latency name it.</summary>
/// <param name="Name">The node.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Nanoseconds">Its predicted time.</param>
/// <param name="Share">Its share of the whole network.</param>
/// <param name="Advice">What would help, as a clause; null when nothing cheap would.</param>
public sealed record LayerCost(string Name, string Kind, double Nanoseconds, double Share, string? Advice);

/// <summary>The words for times and missed limits: the tool and the build say the same.</summary>
public static class LatencyText
{
    /// <summary>What a readable time looks like, for messages.</summary>
    public const string Examples = "12ms, 850us or 1.5s";

    private const int LayersNamed = 3;

    private static readonly (string Name, double Nanoseconds)[] _units =
        [("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9)];

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

    /// <summary>The text of FDI2001.</summary>
    /// <param name="model">How the user calls the model.</param>
    /// <param name="device">The name of the device model.</param>
    /// <param name="time">The predicted time.</param>
    /// <param name="budgetNanoseconds">The budget.</param>
    /// <param name="layers">The costliest layers, dearest first.</param>
    public static string OverBudget(string model, string device, Prediction time, double budgetNanoseconds, IEnumerable<LayerCost> layers) =>
        $"'{model}' is predicted to take {Of(time)} on '{device}', {Growth(time, budgetNanoseconds)} over its budget of {Of(budgetNanoseconds)}. "
        + Costliest(layers);

    /// <summary>The text of FDI2002.</summary>
    /// <param name="model">How the user calls the model.</param>
    /// <param name="device">The name of the device model.</param>
    /// <param name="time">The predicted time.</param>
    /// <param name="baselineNanoseconds">The time in the baseline.</param>
    /// <param name="allowed">The regression allowed, as a fraction.</param>
    /// <param name="layers">The costliest layers, dearest first.</param>
    public static string Regression(
        string model, string device, Prediction time, double baselineNanoseconds, double allowed, IEnumerable<LayerCost> layers) =>
        $"'{model}' is predicted to take {Of(time)} on '{device}', {Growth(time, baselineNanoseconds)} more than the {Of(baselineNanoseconds)} of "
        + $"the baseline; {Percent(allowed)} is allowed. {Costliest(layers)} If the growth is wanted, update the baseline.";

    /// <summary>The three costliest layers, each with its share and what would help it.</summary>
    public static string Costliest(IEnumerable<LayerCost> layers)
    {
        var named = layers.Take(LayersNamed).ToList();
        if (named.Count == 0) return "None of its layers is covered by the device model.";

        var help = named.Exists(layer => layer.Advice is not null)
            ? "Widths are moved off cliffs without changing results by 'fastdeepiot optimize', or Mode=\"Exact\" in a build."
            : "None of these lies on a cliff: narrower layers, a smaller input or fewer layers would help.";
        return $"Costliest layers: {string.Join("; ", named.Select(Describe))}. {help}";
    }

    private static string Describe(LayerCost layer) =>
        $"'{layer.Name}' ({layer.Kind}, {Of(layer.Nanoseconds)}, {Percent(Math.Round(layer.Share, 2))})" + (layer.Advice is null ? "" : ": " + layer.Advice);

    private static string Growth(Prediction time, double from) => Percent(Math.Round(time.Nanoseconds / from - 1, 3));

    private static string Percent(double fraction) => (fraction * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Significant(double value)
    {
        var rounded = double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, 2 - (int)Math.Floor(Math.Log10(Math.Abs(rounded))));
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
