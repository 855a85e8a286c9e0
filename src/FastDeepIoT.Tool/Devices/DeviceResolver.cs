using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Finds the device model that a command works with.</summary>
internal static class DeviceResolver
{
    /// <summary>The named device model, or the built-in one that fits this machine best.</summary>
    /// <param name="device">A file or a built-in name; null when the user named none.</param>
    /// <param name="threads">Threads the application will use; null for those of the device model.</param>
    /// <param name="runtimeVersion">The version of the runtime that is loaded.</param>
    /// <param name="standIn">The built-in model to take when the user named none; null for the one that fits this machine.</param>
    /// <param name="inProject">Whether the user names devices in a project, not on a command line.</param>
    /// <exception cref="InputException">
    /// FDI3012 when there is no such device, FDI3002, FDI3004 or FDI3005 when its file cannot be used.
    /// </exception>
    internal static ResolvedDevice Resolve(string? device, int? threads, string runtimeVersion, string? standIn = null, bool inProject = false)
    {
        var model = (device ?? standIn) is { } named ? Named(named, inProject) : StandIn(threads);
        var findings = new List<Finding>();
        if (device is null) findings.Add(StandInNote(model, inProject));
        findings.AddRange(DeviceConditions.Mismatches(model, threads, runtimeVersion, file: device));
        return new ResolvedDevice(model, StandsIn: device is null, findings);
    }

    /// <summary>The device model of a file or a built-in name.</summary>
    internal static DeviceModel Named(string device, bool inProject = false) =>
        File.Exists(device) || Directory.Exists(device)
            ? DeviceModelReader.Read(device)
            : BuiltInDevices.Find(device) ?? throw new InputException(DiagnosticCode.UnknownDevice,
                $"There is no device model file '{device}', and none of that name is built in. {Known}{HowToProfile(inProject)}");

    /// <summary>The file that a device model is read from; null when there is none.</summary>
    internal static string? FileOf(string? device) => device is null ? null : File.Exists(device) ? device : BuiltInDevices.FileOf(device);

    private static DeviceModel StandIn(int? threads) =>
        DeviceFit.Best(BuiltInDevices.All, HostMachine.This, threads) ?? throw new InputException(DiagnosticCode.UnknownDevice,
            $"No device was named and none is built in. {HowToProfile(inProject: false)}");

    private static Finding StandInNote(DeviceModel model, bool inProject) => new(DiagnosticCode.StandInDevice,
        $"No device was named, so the built-in model '{model.Name}' ({model.Provenance.Cpu}, "
        + $"{model.Provenance.Runtime} {model.Provenance.RuntimeVersion}, {Number.Count(model.Provenance.Threads, "thread")}) stands in. "
        + $"Times on your device will differ. {HowToProfile(inProject)}");

    private static string Known => BuiltInDevices.Names is { Count: > 0 } names ? $"Built in are {string.Join(", ", names)}. " : "";

    private static string HowToProfile(bool inProject) =>
        "To profile a device of your own, run 'fastdeepiot profile --out device.json' on it (the tool is the package FastDeepIoT.Tool) and name the file: "
        + (inProject ? "<FastDeepIoTDevice>device.json</FastDeepIoTDevice> in the project, or Device=\"device.json\" on the OnnxModel item." : "'--device device.json'.");
}
