namespace FastDeepIoT.Tool.Tests;

/// <summary>What runs on a developer's machine tells nobody, and leaves nothing in the user's folders.</summary>
public sealed class PrivacyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PrivacyTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Chain(13, 13, 8));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("predict", "net.onnx", "--device", "device.json")]
    [InlineData("optimize", "net.onnx", "--device", "device.json", "--out", "out.onnx")]
    public void The_runtime_keeps_no_id_of_the_machine_and_no_events_to_send(params string[] arguments)
    {
        // Where the runtime's telemetry would keep both: in the caches of the user, wherever the system has them.
        var home = Directory.CreateDirectory(_folder.At("home")).FullName;
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["XDG_CACHE_HOME"] = Path.Combine(home, "caches"),
            ["LOCALAPPDATA"] = home,
            ["DOTNET_CLI_HOME"] = _folder.Path,
        };

        Assert.Equal(0, ToolProcess.Run(_folder, environment, arguments).ExitCode);

        Assert.Empty(Directory.GetFileSystemEntries(home));
    }
}
