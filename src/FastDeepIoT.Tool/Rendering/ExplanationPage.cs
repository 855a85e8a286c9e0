using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A device model as a page: where it comes from, how good it is, and its rules with drawn staircases.</summary>
internal static class ExplanationPage
{
    /// <summary>The page.</summary>
    internal static string Of(DeviceModel device)
    {
        var kinds = KindExplanation.All(device);
        var body = new StringBuilder($"<h1>{Html.Escape(device.Name)}</h1>\n")
            .Append("<p class=\"soft\">What was learned of this device: how long each kind of layer takes, from measurements alone.</p>\n")
            .Append(Provenance(device))
            .Append(Errors(device))
            .Append("<h2>Rules</h2>\n")
            .Append("<p class=\"soft\">Lines are predicted times of representative layers, bands their 80% intervals.</p>\n<nav>");
        foreach (var kind in kinds) body.Append($"<a href=\"#{Html.Escape(kind.Kind)}\">{Html.Escape(kind.Title)}</a> ");
        body.Append("</nav>\n");
        foreach (var kind in kinds) body.Append(Kind(device, kind));
        return Html.Page(device.Name, body.ToString());
    }

    private static string Provenance(DeviceModel device) => "<section class=\"card\"><dl>\n" + string.Concat(ProvenanceFacts.Of(device)
        .Where(fact => fact.Value.Length > 0)
        .Select(fact => $"<dt>{Html.Escape(fact.Name)}</dt><dd>{Html.Escape(fact.Value)}</dd>\n")) + "</dl></section>\n";

    private static string Errors(DeviceModel device)
    {
        var errors = device.LayerErrors.Prepend(device.NetworkError).OfType<HeldOutError>().ToList();
        if (errors.Count == 0) return "";

        return "<h2>How good it is</h2>\n"
            + "<p class=\"soft\">Predicted against measured, on what the learner did not see.</p>\n<section class=\"card\">\n"
            + Html.Table(["held out", ">count", ">MAPE", ">RMSPE", ">within 5%", ">within 10%"], errors.Select(Row)) + "</section>\n";
    }

    private static IEnumerable<string> Row(HeldOutError error) =>
    [
        error.Of == "networks" ? "Whole networks" : Words.Kind(error.Of), Number.Plain(error.Count), Number.Percent(error.Mape),
        Number.Percent(error.Rmspe), Number.Percent(error.Within5), Number.Percent(error.Within10),
    ];

    private static string Kind(DeviceModel device, KindExplanation kind)
    {
        var text = new StringBuilder($"<section class=\"card\" id=\"{Html.Escape(kind.Kind)}\">\n<h2>{Html.Escape(kind.Title)}</h2>\n");
        if (kind.Error is { } error)
            text.Append($"<p class=\"soft\">{Number.Percent(error.Mape)} mean error on {Number.Count(error.Count, "held-out layer")}</p>\n");
        text.Append(StaircaseChart.Of(device, device.Kinds[kind.Kind]));
        foreach (var group in kind.Groups)
        {
            text.Append($"<h3>{Html.Escape(group.Heading)}</h3>\n<ul>\n");
            foreach (var rule in group.Rules) text.Append($"<li>{Html.Escape(rule.Text)}{Evidence(rule)}</li>\n");
            text.Append("</ul>\n");
        }

        return text.Append("</section>\n").ToString();
    }

    private static string Evidence(Rule rule) =>
        rule.Evidence.Length > 0 ? $" <span class=\"evidence\">{Html.Escape(rule.Evidence)}</span>" : "";
}
