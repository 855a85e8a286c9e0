using System.Text;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Draws two bars a layer: its predicted time before and after.</summary>
internal static class LayerBars
{
    // A bar shorter than this is no news.
    private const double LeastShare = 0.002;

    // Leaves room for the label behind the bar.
    private const double LongestBarPercent = 80;

    /// <summary>The rows, and what was too short to draw.</summary>
    internal static string Of(IReadOnlyList<LayerOutcome> layers)
    {
        var total = Math.Max(layers.Sum(layer => layer.BeforeNanoseconds ?? 0), layers.Sum(layer => layer.AfterNanoseconds ?? 0));
        var drawn = layers.Where(layer => Longest(layer) > total * LeastShare).ToList();
        if (drawn.Count == 0) return "<p>No layer takes time that is known.</p>\n";

        var longest = drawn.Max(Longest);
        var text = new StringBuilder("<p><span class=\"key series1\">original</span><span class=\"key series0\">delivered</span></p>\n")
            .Append("<div class=\"bars\">\n");
        foreach (var layer in drawn) text.Append(Row(layer, longest));
        text.Append("</div>\n");
        var others = Number.Count(layers.Count - drawn.Count, "more row");
        return layers.Count == drawn.Count
            ? text.ToString()
            : text.Append($"<p class=\"soft\">{others}, each below {Number.Percent(LeastShare)} of the total, not drawn.</p>\n").ToString();
    }

    private static string Row(LayerOutcome layer, double longest) =>
        $"<div class=\"name\" title=\"{Html.Escape(layer.Name)}\">{Html.Escape(layer.Name)}"
        + $"<span class=\"evidence\">{Html.Escape(Words.Kind(layer.Kind))}</span></div>"
        + $"<div>{Bar(layer.BeforeNanoseconds, longest, 1)}{Bar(layer.AfterNanoseconds, longest, 0)}</div>\n";

    private static string Bar(double? nanoseconds, double longest, int series)
    {
        var time = nanoseconds ?? 0;
        var label = nanoseconds is null ? "none" : LatencyText.Of(time);
        var width = Number.Fixed(time / longest * LongestBarPercent, 2);
        return $"<div class=\"bar\"><span class=\"fill series{series}\" style=\"width:{width}%\"></span><span>{label}</span></div>";
    }

    private static double Longest(LayerOutcome layer) => Math.Max(layer.BeforeNanoseconds ?? 0, layer.AfterNanoseconds ?? 0);
}
