using System.Text.Json;
using FastDeepIoT.Onnx;
using FastDeepIoT.Tests.Building;

namespace FastDeepIoT.Tool.Tests;

public sealed class CompressTests : IDisposable
{
    private const int Samples = 48;

    private readonly TemporaryFolder _folder = new();

    public CompressTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Chain(24, 24, 8));
        var random = new Random(3);
        NumpyWriter.Archive(_folder.At("data.npz"), ("x", NumpyWriter.Array("<f4",
            [.. Enumerable.Range(0, Samples * 3 * 16 * 16).Select(_ => (float)random.NextDouble())], Samples, 3, 16, 16)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_is_narrowed_within_the_drop_allowed()
    {
        var before = File.ReadAllBytes(_folder.At("net.onnx"));

        var result = Compress("--calibration", "data.npz", "--max-drop", "20%", "--report", "report.json", "--frontier", "frontier.html");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("relative output error", result.Output);
        Assert.Matches(@"took +\d+\.\d s, at most [\d.]+ [kM]B of memory", result.Output);
        Assert.True(OnnxFile.Read(_folder.At("out.onnx")).Graph.Initializer.Single(tensor => tensor.Name == "w1").Dims[0] < 24);
        Assert.Equal(before, File.ReadAllBytes(_folder.At("net.onnx")));
        Assert.Contains("What time costs in accuracy", _folder.Read("frontier.html"));
        using var report = JsonDocument.Parse(_folder.Read("report.json"));
        Assert.InRange(report.RootElement.GetProperty("compression").GetProperty("judged").GetProperty("drop").GetDouble(), 0, 0.2);
    }

    [Fact]
    public void A_gate_that_is_missed_writes_the_frontier_and_nothing_else()
    {
        var result = Compress("--calibration", "data.npz", "--latency-budget", "1ns", "--frontier", "frontier.json");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("FDI2006: No choice of widths reaches the budget of 1.00 ns", result.Error);
        Assert.Matches(@"Of what was tried, .+ cost .+% on the data to choose by", result.Error);
        Assert.Equal(["data.npz", "device.json", "frontier.json", "net.onnx"], _folder.Files);
        using var frontier = JsonDocument.Parse(_folder.Read("frontier.json"));
        Assert.True(frontier.RootElement.GetProperty("points").GetArrayLength() > 1);
    }

    [Fact]
    public void Without_data_weights_tell_and_the_result_says_so()
    {
        var result = Compress("--max-drop", "80%");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("random samples, for want of data: what it costs in accuracy, nobody knows", result.Output);
        Assert.Contains("out.onnx", _folder.Files);
    }

    [Theory]
    [InlineData("60us")]
    [InlineData("100us")]
    [InlineData("140us")]
    public void A_model_is_written_only_within_its_budget(string budget)
    {
        var result = Compress("--calibration", "data.npz", "--max-drop", "1000%", "--latency-budget", budget);

        var written = _folder.Files.Contains("out.onnx");
        Assert.Equal(written ? 0 : 1, result.ExitCode);
        if (written) Assert.Equal(0, ToolProcess.Run(_folder, "check", "out.onnx", "--device", "device.json", "--latency-budget", budget).ExitCode);
        else Assert.Contains("FDI2006", result.Error);
    }

    [Theory]
    [InlineData("--scale is about data, and there are none", "--scale", "1/255")]
    [InlineData("no.npz: FDI3002", "--calibration", "no.npz")]
    [InlineData("FDI3016", "--calibration", "net.onnx")]
    [InlineData("is no list of numbers", "--calibration", "data.npz", "--mean", "much")]
    [InlineData("is neither .json nor .html", "--calibration", "data.npz", "--frontier", "f.txt")]
    public void Bad_input_is_told_and_nothing_is_written(string message, params string[] arguments)
    {
        var before = _folder.Files;

        var result = Compress(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Assert.Equal(before, _folder.Files);
    }

    [Fact]
    public void What_belongs_to_compress_mode_is_refused_in_exact_mode()
    {
        var result = ToolProcess.Run(_folder, "optimize", "net.onnx", "--device", "device.json", "--out", "out.onnx", "--max-drop", "1%");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--max-drop belongs to --mode compress", result.Error);
    }

    [Fact]
    public void A_build_compresses_and_fails_a_model_that_misses_its_gate()
    {
        string[] Model(string name, string drop) =>
        [
            "model=" + _folder.At("net.onnx"), "name=" + name, "output=" + _folder.At("obj/" + name), "report=" + _folder.At($"obj/{name}.json"), "mode=compress",
            "device=" + _folder.At("device.json"), "calibration=" + _folder.At("data.npz"), "max-drop=" + drop, "latency-budget=120us",
        ];
        _folder.Write("request.rsp", $"protocol=1\nproject={_folder.At("App.csproj")}\n" + string.Join('\n', [.. Model("good.onnx", "90%"), .. Model("bad.onnx", "0%")]) + "\n");

        var result = ToolProcess.Run(_folder, "build", "request.rsp");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("\"status\": \"optimized\"", _folder.Read("obj/good.onnx.json"));
        Assert.Contains("\"code\": \"FDI2006\"", _folder.Read("obj/bad.onnx.json"));
        Assert.DoesNotContain("obj/bad.onnx", _folder.Files);
    }

    private ToolResult Compress(params string[] arguments) =>
        ToolProcess.Run(_folder, ["optimize", "net.onnx", "--mode", "compress", "--device", "device.json", "--out", "out.onnx", .. arguments]);
}
