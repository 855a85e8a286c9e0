using System.Text;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What became of a model, as a page: times, widths, and bars for each layer before and after.</summary>
internal static class OptimizationPage
{
    /// <summary>The page.</summary>
    internal static string Of(OptimizedModel model)
    {
        var report = model.Report!;
        var name = Path.GetFileName(model.Delivered.Path);
        var body = new StringBuilder($"<h1>{Html.Escape(name)}</h1>\n")
            .Append($"<p class=\"soft\">{(model.IsFaster ? "Made faster" : "Left as it is")} on {Html.Escape(model.Delivered.Device)}"
                + $"{(model.IsFaster ? (model.Compression is null ? ", computing the same" : "") : ": " + Html.Escape(report.Unchanged ?? ""))}.</p>\n")
            .Append(Summary(model, report))
            .Append("<h2>Layers</h2>\n")
            .Append("<p class=\"soft\">Predicted time of each layer and layout change, in running order.</p>\n")
            .Append("<section class=\"card\">\n").Append(LayerBars.Of(report.Layers)).Append("</section>\n")
            .Append(Widths(OnlyGrown(model) ? "Widths grown with zeros" : "Widths changed", report.Widths.Where(width => width.Kept is null), grown: true))
            .Append(Widths("Widths left alone", report.Widths.Where(width => width.Kept is not null), grown: false));
        return Html.Page($"{name}: {(model.IsFaster ? "optimized" : "unchanged")}", body.ToString());
    }

    private static bool OnlyGrown(OptimizedModel model) => model.Compression is null && model.Report!.Widths.All(width => width.Removed.Count == 0);

    private static string Summary(OptimizedModel model, ExactReport report)
    {
        var facts = new List<(string Name, string Value)>
        {
            ("Original", LatencyText.Of(model.Before)),
            ("Delivered", LatencyText.Of(model.After)),
        };
        if (model.Measured is { } gain)
            facts.Add(("Measured", OptimizationText.Change(gain.Before.MedianNanoseconds, gain.After.MedianNanoseconds)));
        if (model.IsFaster)
        {
            facts.Add((model.Compression is null ? "Outputs" : "Costs", OptimizationText.Quality(model)));
            facts.Add(("Weights",
                $"{OptimizationText.Bytes(report.WeightBytesBefore)} before, {OptimizationText.Bytes(report.WeightBytesAfter)} after"));
        }

        if (report.Unmodelled.Count > 0) facts.Add(("Not modelled", string.Join(", ", report.Unmodelled)));
        var ratio = Number.Fixed(model.Before.Nanoseconds / model.After.Nanoseconds, 2);
        return $"<section class=\"card\"><p class=\"big\">{ratio}<span class=\"soft\"> times as fast, predicted</span></p>\n<dl>\n"
            + string.Concat(facts.Select(fact => $"<dt>{Html.Escape(fact.Name)}</dt><dd>{Html.Escape(fact.Value)}</dd>\n"))
            + "</dl></section>\n";
    }

    private static string Widths(string title, IEnumerable<WidthOutcome> widths, bool grown)
    {
        var rows = (grown ? widths.OrderByDescending(width => width.GainNanoseconds) : widths).ToList();
        if (rows.Count == 0) return "";

        string[] columns = grown ? [">before", ">after", ">saves", "nodes"] : [">width", "why", "nodes"];
        return $"<h2>{title}</h2>\n<section class=\"card\">\n{Html.Table(columns, rows.Select(width => Row(width, grown)))}</section>\n";
    }

    private static IEnumerable<string> Row(WidthOutcome width, bool grown) => grown
        ? [Number.Plain(width.Before), Number.Plain(width.After), LatencyText.Of(width.GainNanoseconds), string.Join(", ", width.Nodes) + OptimizationText.Removed(width)]
        : [Number.Plain(width.Before), width.Kept!, string.Join(", ", width.Nodes)];
}
