using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>What a report is asked for: a device model, a folder of models, where to write, and times measured before, if any.</summary>
internal sealed record ReportRequest(string DeviceFile, string Folder, string Report, string? Times)
{
    /// <summary>From the command line.</summary>
    internal static ReportRequest Of(string device, string folder, string report, string[] options) => new(device, folder, report, options switch
    {
        [] => null,
        ["--times", var file] => file,
        _ => throw new ArgumentException($"Expected '--times FILE.csv' or nothing, found '{string.Join(' ', options)}'.", nameof(options)),
    });

    /// <summary>Predicted and measured times of all models. What is measured now is kept beside the report.</summary>
    internal IReadOnlyList<JudgedFile> Judge()
    {
        var device = Device();
        if (Times is not null) return JudgedFile.All(device, Folder, MeasuredFile.Read(Times));

        var measured = MeasuredTimes.Measure(Folder, device.Provenance.Threads);
        MeasuredFile.Save(measured, Path.ChangeExtension(Report, ".csv"));
        return JudgedFile.All(device, Folder, measured);
    }

    /// <summary>Where the numbers come from.</summary>
    internal string Provenance() => BenchmarkSetting.Of(Device());

    private DeviceModel Device() => DeviceModelFile.Read(File.ReadAllText(DeviceFile), DeviceFile);
}
