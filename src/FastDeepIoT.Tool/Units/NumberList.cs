using System.Globalization;

namespace FastDeepIoT.Tool;

/// <summary>Numbers as people write them in one argument: <c>0.485,0.456,0.406</c>, <c>1/255</c>.</summary>
internal static class NumberList
{
    /// <summary>Reads finite numbers separated by commas, each plain or a fraction.</summary>
    internal static bool TryParse(string text, out double[] numbers)
    {
        var parts = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        numbers = [.. parts.Select(One)];
        return numbers.Length > 0 && numbers.All(double.IsFinite);
    }

    private static double One(string text) => text.Split('/') switch
    {
        [var number] => Plain(number),
        [var over, var under] => Plain(over) / Plain(under),
        _ => double.NaN,
    };

    private static double Plain(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
