using System.Text;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The trade-off between time and accuracy as a page: a chart and a table of the choices.</summary>
internal static class FrontierPage
{
    /// <summary>The page.</summary>
    internal static string Of(OptimizedModel model)
    {
        var report = model.Compression!;
        var name = Path.GetFileName(model.Delivered.Path);
        var body = new StringBuilder($"<h1>{Html.Escape(name)}</h1>\n")
            .Append($"<p class=\"soft\">What time costs in accuracy on {Html.Escape(model.Delivered.Device)}.</p>\n")
            .Append(Summary(model, report))
            .Append("<section class=\"card\">\n").Append(FrontierChart.Of(report, model.Before.Nanoseconds)).Append("</section>\n")
            .Append("<h2>Choices</h2>\n<section class=\"card\">\n")
            .Append(Html.Table([">predicted", ">of original", ">measured", ">quality", ">drop", ">at most", "widths", "left out"], report.Frontier.Select(point => Row(point, model.Before.Nanoseconds))))
            .Append("</section>\n");
        return Html.Page($"{name}: time against accuracy", body.ToString());
    }

    private static string Summary(OptimizedModel model, CompressionReport report)
    {
        List<(string Name, string Value)> facts =
        [
            ("Original", LatencyText.Of(model.Before)),
            ("Delivered", model.IsFaster ? LatencyText.Of(model.After) : report.Missed ?? model.Report!.Unchanged ?? "the original"),
            ("Allowed", $"a drop of {DropText.Percent(report.MaxDrop)}"),
            ("Data", $"{Number.Count(report.FitSamples, "sample")} to fit by, {report.ChoiceSamples} more to choose by"),
        ];
        if (report.Judged is { } judged) facts.Add(("Costs", DropText.Of(judged)));
        return "<section class=\"card\"><dl>\n" + string.Concat(facts.Select(fact => $"<dt>{Html.Escape(fact.Name)}</dt><dd>{Html.Escape(fact.Value)}</dd>\n")) + "</dl></section>\n";
    }

    private static IEnumerable<string> Row(FrontierPoint point, double original) =>
    [
        LatencyText.Of(point.Nanoseconds) + (point.IsDelivered ? ", delivered" : ""),
        Number.Percent(point.Nanoseconds / original),
        point.MeasuredNanoseconds is { } measured ? LatencyText.Of(measured) : "",
        Number.Percent(point.Drop.After),
        DropText.Percent(point.Drop.Fraction),
        DropText.Percent(point.Drop.UpperBound),
        string.Join(" ", point.Sizes.Select(size => Number.Plain(size))),
        string.Join(", ", point.Removed),
    ];
}
