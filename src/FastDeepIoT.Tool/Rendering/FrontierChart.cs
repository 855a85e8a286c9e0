using System.Globalization;
using System.Text;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Draws quality against predicted time: one point a choice of widths, with its sampling error.</summary>
internal static class FrontierChart
{
    private const double Width = 640, Height = 300, Left = 64, Right = 12, Top = 12, Bottom = 40;

    /// <summary>The drawing; empty when nothing was tried.</summary>
    internal static string Of(CompressionReport report, double original)
    {
        var points = report.Frontier;
        if (points.Count == 0) return "";

        var x = new Scale(0, Math.Max(original, points.Max(point => Math.Max(point.Nanoseconds, point.MeasuredNanoseconds ?? 0))) * 1.04, Left, Width - Right);
        var y = new Scale(Math.Max(0, points.Min(point => point.Drop.After) - 0.02), points.Max(point => Math.Max(point.Drop.After, point.Drop.Before)) + 0.02, Height - Bottom, Top);
        var svg = new StringBuilder($"<figure><svg viewBox=\"0 0 {Text(Width)} {Text(Height)}\" role=\"img\" aria-label=\"Quality against predicted time\">\n");
        AddAxes(svg, x, y);
        AddAllowed(svg, report, y);
        svg.Append($"<path class=\"line series0\" d=\"M{string.Join('L', points.Select(point => At(x, y, point.Nanoseconds, point.Drop.After)))}\"/>\n");
        var measured = points.Where(point => point.MeasuredNanoseconds is not null).OrderByDescending(point => point.MeasuredNanoseconds).ToList();
        if (measured.Count > 0) svg.Append($"<path class=\"line series2\" d=\"M{string.Join('L', measured.Select(point => At(x, y, point.MeasuredNanoseconds!.Value, point.Drop.After)))}\"/>\n");
        foreach (var point in points) AddPoint(svg, point, x, y);
        return svg.Append("</svg>\n<figcaption><span class=\"key series0\">predicted time, with sampling error of the quality</span> "
            + (measured.Count > 0 ? "<span class=\"key series2\">measured time</span> " : "")
            + "<span class=\"key series1\">allowed, and delivered</span></figcaption></figure>\n").ToString();
    }

    private static void AddAxes(StringBuilder svg, Scale x, Scale y)
    {
        foreach (var tick in y.Ticks(5))
        {
            svg.Append($"<line class=\"grid\" x1=\"{Text(Left)}\" x2=\"{Text(Width - Right)}\" y1=\"{Text(y.At(tick))}\" y2=\"{Text(y.At(tick))}\"/>");
            AddText(svg, "end", Left - 8, y.At(tick) + 4, DropText.Percent(tick));
        }

        foreach (var tick in x.Ticks(8)) AddText(svg, "middle", x.At(tick), Height - Bottom + 16, tick == 0 ? "0" : Duration.Short(tick));
        AddText(svg, "middle", (Left + Width - Right) / 2, Height - 4, "time of one run");
    }

    private static void AddAllowed(StringBuilder svg, CompressionReport report, Scale y)
    {
        var place = Text(y.At(report.Frontier[0].Drop.Before - report.MaxDrop));
        svg.Append($"<path class=\"riser series1\" d=\"M{Text(Left)} {place}L{Text(Width - Right)} {place}\"/>\n");
    }

    private static void AddPoint(StringBuilder svg, FrontierPoint point, Scale x, Scale y)
    {
        var error = point.Drop.StandardError;
        var (place, series) = (Text(x.At(point.Nanoseconds)), point.IsDelivered ? 1 : 0);
        svg.Append($"<path class=\"riser series{series}\" d=\"M{place} {Text(y.At(point.Drop.After - error))}L{place} {Text(y.At(point.Drop.After + error))}\"/>")
            .Append($"<circle class=\"bar series{series}\" cx=\"{place}\" cy=\"{Text(y.At(point.Drop.After))}\" r=\"4\">")
            .Append($"<title>{LatencyText.Of(point.Nanoseconds)}: {DropText.Percent(point.Drop.After)}</title></circle>\n");
    }

    private static void AddText(StringBuilder svg, string anchor, double x, double y, string text) =>
        svg.Append($"<text class=\"tick {anchor}\" x=\"{Text(x)}\" y=\"{Text(y)}\">{text}</text>\n");

    private static string At(Scale x, Scale y, double time, double quality) => $"{Text(x.At(time))} {Text(y.At(quality))}";

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
