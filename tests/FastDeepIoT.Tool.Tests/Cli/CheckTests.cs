using System.Text.Json;

namespace FastDeepIoT.Tool.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CheckTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Convolutions(13));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_within_its_budget_passes()
    {
        var result = Check("--latency-budget", "1s");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("FDI2001", result.Error);
        Assert.Contains("1 model checked, none failed.", result.Output);
    }

    [Fact]
    public void A_model_over_its_budget_fails_and_the_costliest_layers_are_named()
    {
        var result = Check("--latency-budget", "10us");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FAILED", result.Output);
        Assert.Contains("net.onnx: FDI2001: 'net.onnx' is predicted to take ", result.Error);
        Assert.Contains("(80% interval ", result.Error);
        Assert.Contains("over its budget of 10.0 us", result.Error);
        Assert.Contains("Costliest layers: 'second' (Convolution2D, ", result.Error);
        Assert.Contains("16 output channels instead of 13 would save ", result.Error);
    }

    [Fact]
    public void A_cliff_is_noted_even_when_the_budget_is_met()
    {
        var result = Check("--latency-budget", "1s");

        Assert.StartsWith("net.onnx: FDI2004: 1 layer lies on an execution-time cliff of 'steps'. 'first': 16 output channels instead of 13", result.Error);
    }

    [Fact]
    public void A_baseline_is_written_only_when_asked_for()
    {
        var missing = Check("--baseline", "latency.json");
        var filesBefore = _folder.Files;
        var written = Check("--baseline", "latency.json", "--update-baseline");

        Assert.Equal(2, missing.ExitCode);
        Assert.StartsWith("latency.json: FDI3002: There is no baseline here.", missing.Error);
        Assert.DoesNotContain("latency.json", filesBefore);
        Assert.Equal(0, written.ExitCode);
        using var document = JsonDocument.Parse(_folder.Read("latency.json"));
        var entry = document.RootElement.GetProperty("models")[0];
        Assert.Equal("net.onnx", entry.GetProperty("path").GetString());
        Assert.Equal("steps", entry.GetProperty("device").GetString());
    }

    [Fact]
    public void A_regression_against_the_baseline_fails_and_within_the_allowance_passes()
    {
        Check("--baseline", "latency.json", "--update-baseline");
        _folder.Write("net.onnx", TestModels.Convolutions(14));

        var failed = Check("--baseline", "latency.json", "--max-regression", "5%");
        var allowed = Check("--baseline", "latency.json", "--max-regression", "50%");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("net.onnx: FDI2002: 'net.onnx' is predicted to take ", failed.Error);
        Assert.Contains("of the baseline; 5% is allowed", failed.Error);
        Assert.Equal(0, allowed.ExitCode);
        Assert.DoesNotContain("FDI2002", allowed.Error);
    }

    [Fact]
    public void A_baseline_keeps_other_models_and_the_same_times_give_the_same_bytes()
    {
        _folder.Write("other.onnx", TestModels.Convolutions(8));
        Check("other.onnx", "--baseline", "latency.json", "--update-baseline");
        var before = _folder.Read("latency.json");

        Check("--baseline", "latency.json", "--update-baseline");

        Assert.Equal(before, _folder.Read("latency.json"));
        Assert.Contains("\"other.onnx\"", before);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"schema\": \"something/1\", \"models\": []}")]
    [InlineData("{\"schema\": \"fastdeepiot.latency-baseline/1\"}")]
    [InlineData("{\"schema\": \"fastdeepiot.latency-baseline/1\", \"models\": [{\"path\": 1}]}")]
    [InlineData("{\"schema\": \"fastdeepiot.latency-baseline/1\", \"models\": [{\"path\": \"a\", \"device\": \"d\", \"predictedMs\": -1}]}")]
    public void A_broken_baseline_is_told(string text)
    {
        _folder.Write("latency.json", text);

        var result = Check("--baseline", "latency.json");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("latency.json: FDI3015: Not a readable latency baseline: ", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public void Sarif_names_rule_message_and_file()
    {
        Check("--latency-budget", "10us", "--sarif", "out.sarif");

        using var document = JsonDocument.Parse(_folder.Read("out.sarif"));
        Assert.Equal("2.1.0", document.RootElement.GetProperty("version").GetString());
        var run = document.RootElement.GetProperty("runs")[0];
        Assert.Equal("FDI2001", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("id").GetString());
        var finding = run.GetProperty("results")[0];
        Assert.Equal(("FDI2001", "error"), (finding.GetProperty("ruleId").GetString(), finding.GetProperty("level").GetString()));
        Assert.Equal("net.onnx", finding.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation")
            .GetProperty("uri").GetString());
    }

    [Fact]
    public void Markdown_has_a_row_a_model_and_the_reason_of_a_failure()
    {
        _folder.Write("other.onnx", TestModels.Convolutions(8));

        Check("other.onnx", "--latency-budget", "100us", "--markdown", "out.md");

        var markdown = _folder.Read("out.md");
        Assert.Contains("| ❌ | `net.onnx` | steps |", markdown);
        Assert.Contains("| ✅ | `other.onnx` | steps |", markdown);
        Assert.Contains("FDI2001.md)** `net.onnx`: 'net.onnx' is predicted to take", markdown);
    }

    [Fact]
    public void Json_says_what_passed()
    {
        var result = Check("--latency-budget", "10us", "--format", "json");

        using var document = JsonDocument.Parse(result.Output);
        Assert.False(document.RootElement.GetProperty("passed").GetBoolean());
        var model = document.RootElement.GetProperty("models")[0];
        Assert.Equal(0.01, model.GetProperty("budgetMs").GetDouble());
        Assert.Equal("FDI2001", model.GetProperty("findings")[0].GetProperty("code").GetString());
    }

    private ToolResult Check(params string[] arguments) =>
        ToolProcess.Run(_folder, ["check", "net.onnx", .. arguments, "--device", "device.json"]);
}
