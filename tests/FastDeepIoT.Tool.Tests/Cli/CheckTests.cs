using System.Globalization;
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
        Assert.Contains(" times its budget of 10.0 us", result.Error);
        Assert.Contains("Costliest layers: 'second' (Convolution2D, ", result.Error);
        Assert.Matches("Cheapest fix: in 'first', 16 output channels instead of 13 would save .* 'fastdeepiot optimize' pads such widths", result.Error);
    }

    [Fact]
    public void A_budget_may_be_held_against_the_upper_end_of_the_interval()
    {
        var model = JsonDocument.Parse(Check("--latency-budget", "1s", "--format", "json").Output).RootElement.GetProperty("models")[0];
        var between = (model.GetProperty("predictedMs").GetDouble() + model.GetProperty("highMs").GetDouble()) / 2;
        var budget = string.Create(CultureInfo.InvariantCulture, $"{between}ms");

        Assert.Equal(0, Check("--latency-budget", budget).ExitCode);
        var failed = Check("--latency-budget", budget, "--budget-on", "upper-bound");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("the upper end of which is ", failed.Error);
    }

    [Fact]
    public void All_models_together_may_have_a_budget()
    {
        _folder.Write("other.onnx", TestModels.Convolutions(8));
        var times = JsonDocument.Parse(Check("other.onnx", "--total-latency-budget", "1s", "--format", "json").Output).RootElement;
        var models = times.GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("predictedMs").GetDouble());
        Assert.Equal(models, times.GetProperty("total").GetProperty("predictedMs").GetDouble(), 1e-5);

        var budget = string.Create(CultureInfo.InvariantCulture, $"{0.9 * models}ms");
        var failed = Check("other.onnx", "--total-latency-budget", budget, "--latency-budget", budget, "--markdown", "out.md");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("net.onnx: FDI2001: 2 models are predicted to take ", failed.Error);
        Assert.Contains("2 models checked, none failed. Together they failed.", failed.Output);
        Assert.Contains("| ❌ | **total** |", _folder.Read("out.md"));
    }

    [Fact]
    public void A_code_may_be_judged_otherwise()
    {
        var warned = Check("--latency-budget", "10us", "--severity", "FDI2001=warning", "--severity", "FDI2004=none", "--sarif", "out.sarif");
        var mistaken = Check("--latency-budget", "10us", "--severity", "FDI2001=loud");

        Assert.Equal(0, warned.ExitCode);
        Assert.Contains("FDI2001", warned.Error);
        Assert.DoesNotContain("FDI2004", warned.Error);
        Assert.Contains("\"level\": \"warning\"", _folder.Read("out.sarif"));
        Assert.Equal(2, mistaken.ExitCode);
        Assert.Contains("FDI3007: --severity 'FDI2001=loud' is not CODE=none", mistaken.Error);
    }

    [Fact]
    public void A_model_that_the_baseline_lacks_is_told_and_one_that_is_gone_is_forgotten()
    {
        _folder.Write("other.onnx", TestModels.Convolutions(8));
        Check("other.onnx", "--baseline", "latency.json", "--update-baseline");
        File.Delete(_folder.At("other.onnx"));
        _folder.Write("third.onnx", TestModels.Convolutions(8));

        var result = Check("third.onnx", "--baseline", "latency.json");
        Check("third.onnx", "--baseline", "latency.json", "--update-baseline");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("third.onnx: FDI2007: The baseline has no time of 'third.onnx' on 'steps'", result.Error);
        Assert.DoesNotContain("other.onnx", _folder.Read("latency.json"));
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
