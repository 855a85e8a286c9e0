using System.Globalization;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastDeepIoT.Analyzers;

/// <summary>What the user configured for a file, in <c>.editorconfig</c> or else by MSBuild property.</summary>
/// <param name="Options">How far to look for cliffs, and what counts as one.</param>
/// <param name="Input">The shape of the networks' input, if declared.</param>
/// <param name="BudgetNanoseconds">The budget of every sequence of modules, if declared.</param>
internal sealed record CliffSettings(CliffOptions Options, InputShape? Input, double? BudgetNanoseconds)
{
    private const string Threshold = "fastdeepiot_cliff_threshold";
    private const string ThresholdProperty = "build_property.FastDeepIoTCliffThreshold";
    private const string Shape = "fastdeepiot_input_shape";
    private const string Budget = "fastdeepiot_latency_budget";
    private const string ShapeProperty = "build_property.FastDeepIoTInputShape";

    /// <summary>The settings of a file. What means nothing counts as not configured.</summary>
    internal static CliffSettings Of(SyntaxTree tree, AnalyzerConfigOptionsProvider provider)
    {
        var options = provider.GetOptions(tree);
        var defaults = new CliffOptions();
        var threshold = ParseFraction(Find(options, Threshold)) ?? ParseFraction(Find(provider.GlobalOptions, ThresholdProperty));
        return new CliffSettings(
            defaults with { Threshold = threshold ?? defaults.Threshold },
            InputShape.Parse(Find(options, Shape)) ?? InputShape.Parse(Find(provider.GlobalOptions, ShapeProperty)),
            Find(options, Budget) is { } budget ? LatencyText.Parse(budget) : null);
    }

    // "10%", "10 %" and "0.1" are the same.
    private static double? ParseFraction(string? text)
    {
        if (text?.Trim() is not { Length: > 0 } value) return null;

        var percent = value[value.Length - 1] == '%';
        var digits = percent ? value.Substring(0, value.Length - 1) : value;
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;

        return number is < 0 or > 1000 ? null : percent ? number / 100 : number;
    }

    private static string? Find(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out var value) ? value : null;
}
