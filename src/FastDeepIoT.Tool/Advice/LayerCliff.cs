using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A width at which a layer takes longer than at a wider one.</summary>
/// <param name="Feature">Which width, by the feature that counts it.</param>
/// <param name="Width">The width.</param>
/// <param name="BetterWidth">The width that is faster.</param>
/// <param name="Ratio">How many times as long the layer takes as it would there.</param>
/// <param name="SavedNanoseconds">What the layer would save.</param>
internal sealed record LayerCliff(string Feature, long Width, long BetterWidth, double Ratio, double SavedNanoseconds)
{
    /// <summary>What would help, as a clause.</summary>
    internal string Advice =>
        $"{BetterWidth} {Words.Feature(Feature)} instead of {Width} would save {LatencyText.Of(SavedNanoseconds)} ({Times} as fast)";

    /// <summary>By which share the width would have to grow.</summary>
    internal double Growth => (double)BetterWidth / Width - 1;

    private string Times => Ratio.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + " times";
}
