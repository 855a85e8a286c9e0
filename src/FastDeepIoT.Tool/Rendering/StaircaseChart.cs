using System.Globalization;
using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Draws predicted time against width as steps, one curve a sweep, with its 80% interval behind it.</summary>
internal static class StaircaseChart
{
    private const double Width = 640;
    private const double Height = 250;
    private const double Left = 64;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 36;

    /// <summary>The drawing with its legend; empty when nothing can be drawn.</summary>
    internal static string Of(DeviceModel device, KindModel kind)
    {
        var curves = WidthSweep.Of(kind).Select(sweep => Predict(device, sweep)).Where(curve => curve.Points.Count > 1).ToList();
        if (curves.Count == 0) return "";

        var all = curves.SelectMany(curve => curve.Points).ToList();
        var x = new Scale(all.Min(point => point.Width) - 0.5, all.Max(point => point.Width) + 0.5, Left, Width - Right);
        var y = new Scale(0, all.Max(point => point.Time.HighNanoseconds) * 1.04, Height - Bottom, Top);
        var label = WidthSweep.WidthOf(kind.Family);
        var svg = new StringBuilder($"<figure><svg viewBox=\"0 0 {Text(Width)} {Text(Height)}\" role=\"img\" "
            + $"aria-label=\"Predicted time against {label}\">\n");
        AddAxes(svg, x, y, label);
        for (var i = 0; i < curves.Count; i++) AddCurve(svg, curves[i], i, x, y);
        svg.Append("</svg>\n<figcaption>");
        for (var i = 0; i < curves.Count; i++) svg.Append($"<span class=\"key series{i}\">{Html.Escape(curves[i].Name)}</span> ");
        return svg.Append("</figcaption></figure>\n").ToString();
    }

    private static (string Name, IReadOnlyList<(long Width, Prediction Time)> Points) Predict(DeviceModel device, WidthSweep sweep) => (
        sweep.Name,
        [.. sweep.Widths.Select(width => (Width: width, Time: sweep.LayerOf(width) is { } layer ? device.Predict(layer)?.Time : null))
            .Where(point => point.Time is not null).Select(point => (point.Width, point.Time!.Value))]);

    private static void AddAxes(StringBuilder svg, Scale x, Scale y, string label)
    {
        foreach (var tick in y.Ticks(4))
        {
            var place = Text(y.At(tick));
            svg.Append($"<line class=\"grid\" x1=\"{Text(Left)}\" x2=\"{Text(Width - Right)}\" y1=\"{place}\" y2=\"{place}\"/>");
            AddText(svg, "end", Left - 8, y.At(tick) + 4, tick == 0 ? "0" : Duration.Short(tick));
        }

        foreach (var tick in x.Ticks(10)) AddText(svg, "middle", x.At(tick), Height - Bottom + 16, Number.Plain(tick));
        AddText(svg, "middle", (Left + Width - Right) / 2, Height - 4, label);
    }

    private static void AddText(StringBuilder svg, string anchor, double x, double y, string text) =>
        svg.Append($"<text class=\"tick {anchor}\" x=\"{Text(x)}\" y=\"{Text(y)}\">{text}</text>\n");

    private static void AddCurve(
        StringBuilder svg, (string Name, IReadOnlyList<(long Width, Prediction Time)> Points) curve, int series, Scale x, Scale y)
    {
        var half = curve.Points.Zip(curve.Points.Skip(1), (one, next) => next.Width - one.Width).Min() / 2.0;
        var upper = Steps(point => point.HighNanoseconds);
        var lower = Steps(point => point.LowNanoseconds);
        var line = Steps(point => point.Nanoseconds);
        var treads = string.Concat(line.Chunk(2).Select(ends => $"M{ends[0]}L{ends[1]}"));
        svg.Append($"<path class=\"band series{series}\" d=\"M{string.Join('L', upper)}L{string.Join('L', lower.Reverse())}Z\"/>\n")
            .Append($"<path class=\"riser series{series}\" d=\"M{string.Join('L', line)}\"/>\n")
            .Append($"<path class=\"line series{series}\" d=\"{treads}\"/>\n");
        var size = Text(x.At(2 * half) - x.At(0));
        foreach (var (width, time) in curve.Points)
            svg.Append($"<rect class=\"hover\" x=\"{Text(x.At(width - half))}\" y=\"{Text(y.At(time.Nanoseconds) - 6)}\" ")
                .Append($"width=\"{size}\" height=\"12\"><title>{width}: {Duration.Text(time.Nanoseconds)}</title></rect>\n");

        string[] Steps(Func<Prediction, double> value) => [.. curve.Points.SelectMany(point => new[]
        {
            At(point.Width - half, value(point.Time)), At(point.Width + half, value(point.Time)),
        })];
        string At(double width, double time) => $"{Text(x.At(width))} {Text(y.At(time))}";
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
