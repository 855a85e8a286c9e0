using System.Diagnostics;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Tool.Tests;

public sealed class ProfileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_profile_that_was_too_short_keeps_its_measurements_and_says_how_to_go_on()
    {
        var result = ToolProcess.Run(_folder, "profile", "--out", "device.json", "--time", "1ms");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("FDI3013: ", result.Error);
        Assert.Contains("the same command with --resume goes on from there", result.Error);
        Assert.Equal(["device.json.journal"], _folder.Files);
    }

    [Fact]
    public void Samples_are_fitted_to_the_same_device_model_each_time()
    {
        SampleFile.Write(_folder.At("samples.csv"), TestSamples.Steps());

        var result = ToolProcess.Run(_folder, "fit", "samples.csv", "--out", "device.json");
        ToolProcess.Run(_folder, "fit", "samples.csv", "--out", "again.json", "--name", "device");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("device.json: 1 kind of layers learned from ", result.Output);
        Assert.Contains("Held-out networks (", result.Output);
        Assert.Equal("device", DeviceModelFile.Read(_folder.Read("device.json")).Name);
        Assert.Equal(_folder.Read("device.json"), _folder.Read("again.json"));
    }

    [Fact]
    public void Samples_of_several_profiles_are_fitted_together_if_they_are_of_one_machine()
    {
        var samples = TestSamples.Steps();
        SampleFile.Write(_folder.At("one.csv"), samples);
        SampleFile.Write(_folder.At("other.csv"), samples with { Provenance = samples.Provenance with { Minutes = samples.Provenance.Minutes + 1, Date = "2099-01-01" } });
        SampleFile.Write(_folder.At("alien.csv"), samples with { Provenance = samples.Provenance with { Threads = 64 } });

        var together = ToolProcess.Run(_folder, "fit", "one.csv", "other.csv", "--out", "device.json");
        var refused = ToolProcess.Run(_folder, "fit", "one.csv", "alien.csv", "--out", "none.json");

        Assert.Equal((0, ""), (together.ExitCode, together.Error));
        var provenance = DeviceModelFile.Read(_folder.Read("device.json")).Provenance;
        Assert.Equal((2 * samples.Networks.Count, 2 * samples.Provenance.Minutes + 1, "2099-01-01"), (provenance.Networks, provenance.Minutes, provenance.Date));
        Assert.Contains("alien.csv: FDI3013: The samples are of ", refused.Error);
        Assert.Contains("Fit them apart.", refused.Error);
        Assert.False(File.Exists(_folder.At("none.json")));
    }

    [Fact]
    public void An_interrupted_profile_stops_cleanly_and_says_how_to_go_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no way to send an interrupt to one process");
        Assert.SkipWhen(InterruptIsIgnored(), "started where interrupts are ignored, as shells start what runs in the background");
        using var process = ToolProcess.Start(_folder, new Dictionary<string, string>(), "profile", "--out", "device.json", "--time", "10m");
        while (!_folder.Files.Contains("device.json.journal")) Thread.Sleep(50);

        using (var interrupt = Process.Start("kill", $"-INT {process.Id}")) interrupt.WaitForExit();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("the same command with --resume goes on from there", error);
        Assert.DoesNotContain("   at ", error);
        Assert.Equal(["device.json.journal"], _folder.Files);
    }

    [Theory]
    [InlineData("samples.csv: FDI3002", "fit", "samples.csv", "--out", "device.json")]
    [InlineData("broken.csv: FDI3013", "fit", "broken.csv", "--out", "device.json")]
    [InlineData("FDI3007: Option '--out' is required.", "profile")]
    [InlineData("FDI3007: --time '10' is not a duration.", "profile", "--out", "device.json", "--time", "10")]
    public void Bad_input_is_told_and_nothing_is_written(string message, params string[] arguments)
    {
        _folder.Write("broken.csv", "a,b\n1,2\n");

        var result = ToolProcess.Run(_folder, arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Assert.Equal(["broken.csv"], _folder.Files);
    }

    [Fact]
    public void A_folder_is_no_place_for_a_device_model_and_that_is_said_before_anything_is_measured()
    {
        Directory.CreateDirectory(_folder.At("folder"));

        var result = ToolProcess.Run(_folder, "profile", "--out", "folder");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("folder: FDI3009: ", result.Error);
        Assert.Empty(_folder.Files);
    }

    // What ignores a signal hands that on to what it starts; the second bit of the mask is the interrupt.
    private static bool InterruptIsIgnored() => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } mask
        && (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) & 2) != 0;
}
