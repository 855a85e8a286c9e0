using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Tells when a device model was measured under other conditions than those it is used for.</summary>
internal static class DeviceConditions
{
    /// <summary>What differs, each with what to do about it.</summary>
    internal static IEnumerable<Finding> Mismatches(DeviceModel model, int? threads, string runtimeVersion, string? file)
    {
        var measured = model.Provenance;
        if (measured.RuntimeVersion != runtimeVersion)
            yield return new Finding(DiagnosticCode.DeviceMismatch,
                $"The device model '{model.Name}' was measured with {measured.Runtime} {measured.RuntimeVersion}; "
                + $"models are read with {runtimeVersion} here. Other versions fuse and time layers differently: profile the device again "
                + "with the version that the application uses.", file);
        if (threads is { } asked && measured.Threads != asked)
            yield return new Finding(DiagnosticCode.DeviceMismatch,
                $"The device model '{model.Name}' was measured with {Number.Count(measured.Threads, "thread")}; "
                + $"{Number.Count(asked, "thread")} were asked for. Its times hold for {measured.Threads} only: name a device model "
                + $"for {asked}, or run 'fastdeepiot profile --threads {asked} --out device.json'.", file);
    }
}
