using System.Text;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A device model in sentences, for a terminal.</summary>
internal static class ExplanationText
{
    /// <summary>Where it comes from, how good it is, and its rules kind by kind.</summary>
    internal static string Of(DeviceModel device)
    {
        var text = new StringBuilder($"{device.Name}\n\n");
        foreach (var (name, value) in ProvenanceFacts.Of(device)) text.Append($"  {name,-14} {value}\n");
        if (device.LayerErrors.Count > 0 || device.NetworkError is not null) text.Append('\n').Append(Errors(device));
        foreach (var kind in KindExplanation.All(device)) text.Append('\n').Append(Of(kind));
        return text.ToString();
    }

    private static string Errors(DeviceModel device)
    {
        var table = new TextTable("held out", ">count", ">MAPE", ">RMSPE", ">within 5%", ">within 10%");
        foreach (var error in device.LayerErrors.Prepend(device.NetworkError).OfType<HeldOutError>())
            table.Add(error.Of, Number.Plain(error.Count), Number.Percent(error.Mape), Number.Percent(error.Rmspe),
                Number.Percent(error.Within5), Number.Percent(error.Within10));
        return table.Text("  ");
    }

    private static string Of(KindExplanation kind)
    {
        var text = new StringBuilder(kind.Title).Append('\n');
        foreach (var group in kind.Groups)
        {
            text.Append($"  {group.Heading}\n");
            foreach (var rule in group.Rules)
                text.Append($"    {rule.Text}{(rule.Evidence.Length > 0 ? $" ({rule.Evidence})" : "")}\n");
        }

        return text.ToString();
    }
}
