using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What was learned, in a few lines.</summary>
internal static class FitText
{
    /// <summary>How much was learned from, and how good it is.</summary>
    internal static string Of(DeviceModel device, string file)
    {
        var from = device.Provenance;
        var text = $"{file}: {Number.Count(device.Kinds.Count, "kind")} of layers learned from {Number.Count(from.LayerSamples, "layer")} in "
            + $"{Number.Count(from.Networks, "network")}.\n";
        if (device.NetworkError is { } error)
            text += $"Held-out networks ({error.Count}): mean error {Number.Percent(error.Mape)}, RMSPE {Number.Percent(error.Rmspe)}, "
                + $"{Number.Percent(error.Within5)} within 5%, {Number.Percent(error.Within10)} within 10%.\n";
        return text + $"'fastdeepiot explain {file}' says what was learned.\n";
    }
}
