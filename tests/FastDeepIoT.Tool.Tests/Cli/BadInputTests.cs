using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel.Files;
using Google.Protobuf;

namespace FastDeepIoT.Tool.Tests;

/// <summary>Whatever is handed to the tool: a coded message that says what to do, exit code 2, no stack trace, nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadInputTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Convolutions(13));
        Directory.CreateDirectory(_folder.At("folder"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("no.onnx", "FDI3002", "Check the path.")]
    [InlineData("folder", "FDI3002", "name the .onnx file in it")]
    [InlineData("text.onnx", "FDI3003", "Expected a file")]
    [InlineData("truncated.onnx", "FDI3003", "Expected a file")]
    [InlineData("nothing.onnx", "FDI3003", "the file is empty")]
    [InlineData("empty.onnx", "FDI3003", "its graph has no nodes")]
    [InlineData("unknown.onnx", "FDI3010", "Check the model with the runtime it is meant for.")]
    public void A_bad_model(string name, string code, string advice)
    {
        _folder.Write("text.onnx", "<html>not found</html>");
        File.WriteAllBytes(_folder.At("truncated.onnx"), TestModels.Convolutions(13).ToByteArray()[..2000]);
        _folder.Write("nothing.onnx", "");
        var empty = TestModels.Convolutions(13);
        empty.Graph.Node.Clear();
        _folder.Write("empty.onnx", empty);
        var unknown = TestModels.Convolutions(13);
        unknown.Graph.Node[1].OpType = "NoSuchOperator";
        _folder.Write("unknown.onnx", unknown);

        AssertRefused($"{name}: {code}: ", advice, "predict", name, "--device", "device.json");
        AssertRefused($"{name}: {code}: ", advice, "check", name, "--device", "device.json", "--latency-budget", "1ms", "--sarif", "out.sarif",
            "--markdown", "out.md", "--baseline", "latency.json", "--update-baseline");
    }

    [Theory]
    [InlineData("no.json", "FDI3012: There is no device model file 'no.json'", "fastdeepiot profile --out device.json")]
    [InlineData("folder", "folder: FDI3002: ", "name the device model file in it")]
    [InlineData("net.onnx", "net.onnx: FDI3004: ", "Expected a file written by 'fastdeepiot profile'")]
    [InlineData("newer.json", "newer.json: FDI3005: The device model has format 2", "update FastDeepIoT")]
    [InlineData("cut.json", "cut.json: FDI3004: ", "line ")]
    public void A_bad_device(string device, string message, string advice)
    {
        var text = DeviceModelFile.Write(TestDevices.Steps());
        _folder.Write("newer.json", text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
        _folder.Write("cut.json", text[..(text.Length / 2)]);

        AssertRefused(message, advice, "predict", "net.onnx", "--device", device);
        AssertRefused(message, advice, "explain", device, "--html", "out.html");
    }

    [Theory]
    [InlineData("Write a number with its unit, such as 12ms, 850us or 1.5s.", "check", "net.onnx", "--latency-budget", "12")]
    [InlineData("Write a number with its unit", "check", "net.onnx", "--latency-budget", "12 parsecs")]
    [InlineData("Write a number with its unit", "check", "net.onnx", "--latency-budget", "-1ms")]
    [InlineData("Write a number with its unit", "check", "net.onnx", "--latency-budget", "1,5ms")]
    [InlineData("Write a number with its sign", "check", "net.onnx", "--baseline", "b.json", "--max-regression", "5")]
    [InlineData("There is nothing to check against.", "check", "net.onnx")]
    [InlineData("need --baseline", "check", "net.onnx", "--latency-budget", "1ms", "--update-baseline")]
    [InlineData("is not one of text, json.", "predict", "net.onnx", "--format", "yaml")]
    [InlineData("Write for instance --dim batch=1.", "predict", "net.onnx", "--dim", "batch")]
    [InlineData("Write for instance --dim batch=1.", "predict", "net.onnx", "--dim", "batch=0")]
    [InlineData("Give it one size.", "predict", "net.onnx", "--dim", "batch=1", "--dim", "batch=2")]
    [InlineData("Write for instance --threads 1.", "predict", "net.onnx", "--threads", "none")]
    [InlineData("'--bogus'", "predict", "net.onnx", "--bogus")]
    [InlineData("See 'fastdeepiot predict --help'.", "predict")]
    [InlineData("See 'fastdeepiot --help'.", "frobnicate")]
    [InlineData("See 'fastdeepiot --help'.")]
    public void Wrong_usage(string advice, params string[] arguments) => AssertRefused("FDI3007: ", advice, arguments);

    [Fact]
    public void An_output_that_cannot_be_written() =>
        AssertRefused("folder: FDI3009: ", "Check folder, rights and space.", "explain", "device.json", "--html", "folder");

    private void AssertRefused(string message, string advice, params string[] arguments)
    {
        var before = _folder.Files;
        var result = ToolProcess.Run(_folder, arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Assert.Contains(advice, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Equal(before, _folder.Files);
    }
}
