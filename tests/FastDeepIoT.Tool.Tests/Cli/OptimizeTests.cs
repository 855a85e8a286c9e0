using System.Text.Json;
using System.Text.RegularExpressions;
using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool.Tests;

public sealed class OptimizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OptimizeTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Chain(13, 13, 8));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_width_on_a_cliff_is_padded_and_the_original_stays_as_it_is()
    {
        var before = File.ReadAllBytes(_folder.At("net.onnx"));

        var result = Optimize("net.onnx", "--out", "out.onnx");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("net.onnx -> out.onnx on steps", result.Output);
        Assert.Matches(@"13  ->\s+16", result.Output);
        Assert.Contains("outputs    equal within ", result.Output);
        Assert.Equal(before, File.ReadAllBytes(_folder.At("net.onnx")));
        Assert.Equal(16, OnnxFile.Read(_folder.At("out.onnx")).Graph.Initializer.Single(tensor => tensor.Name == "w1").Dims[0]);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        Optimize("net.onnx", "--out", "one.onnx", "--report", "one.json", "--html", "one.html");
        Optimize("net.onnx", "--out", "two.onnx", "--report", "two.json", "--html", "two.html");

        Assert.Equal(File.ReadAllBytes(_folder.At("one.onnx")), File.ReadAllBytes(_folder.At("two.onnx")));
        Assert.Equal(_folder.Read("one.json"), _folder.Read("two.json"));
        Assert.Equal(_folder.Read("one.html"), _folder.Read("two.html"));
    }

    [Fact]
    public void The_report_says_what_changed_what_was_left_alone_and_why()
    {
        Optimize("net.onnx", "--out", "out.onnx", "--report", "report.json");

        using var document = JsonDocument.Parse(_folder.Read("report.json"));
        var report = document.RootElement;
        Assert.Equal("optimized", report.GetProperty("status").GetString());
        Assert.True(report.GetProperty("optimized").GetProperty("predictedMs").GetDouble() < report.GetProperty("original").GetProperty("predictedMs").GetDouble());
        Assert.InRange(report.GetProperty("maxRelativeDifference").GetDouble(), 0, 1e-4);
        var widths = report.GetProperty("widths").EnumerateArray().ToList();
        Assert.Contains(widths, width => width.GetProperty("before").GetInt32() == 13 && width.GetProperty("after").GetInt32() == 16);
        Assert.Contains(widths, width => width.GetProperty("kept").GetString() is { Length: > 0 });
        Assert.Contains(report.GetProperty("layers").EnumerateArray(), layer => layer.GetProperty("name").GetString() == "conv1");
    }

    [Fact]
    public void The_page_needs_nothing_but_itself_and_shows_the_layers()
    {
        Optimize("net.onnx", "--out", "out.onnx", "--html", "report.html");

        var page = _folder.Read("report.html");
        Assert.DoesNotMatch(new Regex("<script|<link|src=|https?://|@import|url\\(", RegexOptions.IgnoreCase), page);
        Assert.Contains("times as fast, predicted", page);
        Assert.Contains("conv1", page);
    }

    [Fact]
    public void A_model_without_a_cliff_is_copied_as_it_is()
    {
        _folder.Write("good.onnx", TestModels.Chain(16, 16, 8));

        var result = Optimize("good.onnx", "--out", "out.onnx");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("unchanged  no change of widths is predicted to pay", result.Output);
        Assert.Equal(File.ReadAllBytes(_folder.At("good.onnx")), File.ReadAllBytes(_folder.At("out.onnx")));
    }

    [Fact]
    public void A_result_over_its_budget_is_written_and_fails()
    {
        var result = Optimize("net.onnx", "--out", "out.onnx", "--latency-budget", "1us");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("net.onnx: FDI2001: 'net.onnx' is predicted to take ", result.Error);
        Assert.Contains("out.onnx", _folder.Files);
    }

    [Fact]
    public void What_is_measured_decides_when_asked_for()
    {
        var result = Optimize("net.onnx", "--out", "out.onnx", "--measure", "--report", "report.json");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("  measured   ", result.Output);
        using var document = JsonDocument.Parse(_folder.Read("report.json"));
        var measured = document.RootElement.GetProperty("measured");
        var paid = measured.GetProperty("optimizedMs").GetDouble() < 0.99 * measured.GetProperty("originalMs").GetDouble();
        Assert.Equal(paid ? "optimized" : "unchanged", document.RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("--out is the model itself.", "net.onnx", "--out", "net.onnx")]
    [InlineData("--out is the model itself.", "net.onnx", "--out", "./folder/../net.onnx")]
    [InlineData("Option '--out' is required.", "net.onnx")]
    [InlineData("is not one of exact", "net.onnx", "--out", "out.onnx", "--mode", "magic")]
    [InlineData("no.onnx: FDI3002", "no.onnx", "--out", "out.onnx")]
    public void Bad_input_is_told_and_nothing_is_written(string message, params string[] arguments)
    {
        var before = _folder.Files;

        var result = Optimize(arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Assert.Equal(before, _folder.Files);
    }

    private ToolResult Optimize(params string[] arguments) =>
        ToolProcess.Run(_folder, ["optimize", .. arguments, "--device", "device.json"]);
}
