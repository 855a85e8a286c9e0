using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>Many runs at once over the same files: no torn file, no deadlock, no wrong result.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Processes = 6;
    private readonly TemporaryFolder _folder = new();

    public ConcurrencyTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        for (var model = 0; model < 4; model++) _folder.Write($"net{model}.onnx", TestModels.Chain(13 + model, 13, 8));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Builds_of_one_project_write_the_same_files_at_the_same_time()
    {
        _folder.Write("request.rsp", Request("obj", "cache=off"));
        Assert.Equal(0, ToolProcess.Run(_folder, "build", "request.rsp").ExitCode);
        var expected = Bytes("obj");
        Directory.Delete(_folder.At("obj"), recursive: true);

        var results = await AtOnce(_ => ["build", "request.rsp"]);

        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.Equal(expected, Bytes("obj"));
    }

    [Fact]
    public async Task Projects_share_one_cache()
    {
        for (var project = 0; project < Processes; project++) _folder.Write($"request{project}.rsp", Request($"obj{project}", "cache=" + _folder.At("cache")));

        var results = await AtOnce(project => ["build", $"request{project}.rsp"]);
        var again = await AtOnce(project => ["build", $"request{project}.rsp"]);

        Assert.All(results.Concat(again), result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.All(again, result => Assert.Equal(4, result.Output.Split(", from the cache").Length - 1));
        for (var project = 0; project < Processes; project++) Assert.Equal(Bytes("obj0"), Bytes($"obj{project}"));
        Assert.All(Directory.GetFiles(_folder.At("cache"), "*", SearchOption.AllDirectories), file => Assert.EndsWith(".result", file));
    }

    [Fact]
    public async Task A_cache_is_cleared_while_builds_use_it()
    {
        _folder.Write("request.rsp", Request("obj", "cache=" + _folder.At("cache")));
        Assert.Equal(0, ToolProcess.Run(_folder, "build", "request.rsp").ExitCode);
        var expected = Bytes("obj");

        var results = await AtOnce(number => number % 2 == 0 ? ["build", "request.rsp"] : ["cache", "--clear"]);

        Assert.All(results, result => Assert.True(result.ExitCode == 0 || result.Error.Contains("FDI3020", StringComparison.Ordinal), result.Error));
        Assert.Equal(expected, Bytes("obj"));
    }

    [Fact]
    public void Somebody_who_measures_too_is_noticed()
    {
        using (MeasuringLock.Take(Temporary))
            Assert.Contains("FDI3014: Another fastdeepiot is measuring on this machine", Measure());

        Assert.DoesNotContain("Another fastdeepiot", Measure());
    }

    // A folder for temporary files of its own: other tests measure at the same time.
    private string Temporary => Directory.CreateDirectory(_folder.At("temporary")).FullName;

    private string Measure() =>
        ToolProcess.Run(_folder, new Dictionary<string, string> { ["TMPDIR"] = Temporary, ["TMP"] = Temporary }, "measure", "net0.onnx").Error;

    private async Task<ToolResult[]> AtOnce(Func<int, string[]> arguments) =>
        await Task.WhenAll(Enumerable.Range(0, Processes).Select(number => Task.Run(() => ToolProcess.Run(_folder, arguments(number)))));

    private string Request(string folder, string cache) => string.Join('\n', [
        "protocol=1", "project=" + _folder.At("app.csproj"), cache,
        .. Enumerable.Range(0, 4).SelectMany(model => new[]
        {
            "model=" + _folder.At($"net{model}.onnx"), $"name=net{model}.onnx", "output=" + _folder.At($"{folder}/net{model}.onnx"),
            "report=" + _folder.At($"{folder}/net{model}.onnx.fastdeepiot.json"), "mode=exact", "device=" + _folder.At("device.json"),
        }), ""]);

    private Dictionary<string, string> Bytes(string folder) => Directory.GetFiles(_folder.At(folder)).Order(StringComparer.Ordinal)
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file)));
}
