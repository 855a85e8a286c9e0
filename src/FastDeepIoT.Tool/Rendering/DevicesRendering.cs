using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A list of device models, for people and for programs.</summary>
internal static class DevicesRendering
{
    /// <summary>A table, and what to do when none fits.</summary>
    internal static string Text(IReadOnlyList<DeviceModel> devices)
    {
        const string Advice = "Profile a device of your own with 'fastdeepiot profile --out device.json'.\n";
        if (devices.Count == 0) return "No device model is built in. " + Advice;

        var table = new TextTable("name", ">threads", "runtime", "held-out networks", "cpu");
        foreach (var device in devices)
            table.Add(device.Name, Number.Plain(device.Provenance.Threads), $"{device.Provenance.Runtime} {device.Provenance.RuntimeVersion}",
                Error(device.NetworkError), device.Provenance.Cpu);
        return table.Text() + "\nHeld-out: mean absolute error on whole networks that the model was not learned from.\n" + Advice;
    }

    /// <summary>The document.</summary>
    internal static string Json(IReadOnlyList<DeviceModel> devices) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteObjects("devices", devices, (_, device) =>
        {
            json.WriteString("name", device.Name);
            json.WriteString("cpu", device.Provenance.Cpu);
            json.WriteString("architecture", device.Provenance.Architecture);
            json.WriteString("runtime", device.Provenance.Runtime);
            json.WriteString("runtimeVersion", device.Provenance.RuntimeVersion);
            json.WriteNumber("threads", device.Provenance.Threads);
            if (device.NetworkError is not { } error) json.WriteNull("heldOut");
            else
            {
                json.WriteStartObject("heldOut");
                json.WriteNumber("count", error.Count);
                json.WriteNumber("mape", error.Mape);
                json.WriteNumber("rmspe", error.Rmspe);
                json.WriteNumber("within5", error.Within5);
                json.WriteNumber("within10", error.Within10);
                json.WriteEndObject();
            }
        });
        json.WriteEndObject();
    });

    private static string Error(HeldOutError? error) =>
        error is null ? "none held out" : $"{Number.Percent(error.Mape)} over {Number.Count(error.Count, "network")}";
}
