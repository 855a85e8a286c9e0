using System.Text.Json;

namespace FastDeepIoT.Tool.Tests;

public sealed class MeasureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MeasureTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("a.onnx", TestModels.Convolutions(8));
        _folder.Write("b.onnx", TestModels.Convolutions(16, batch: "n"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Measure_prints_the_members_of_the_contract()
    {
        var result = ToolProcess.Run(_folder, "measure", "b.onnx", "a.onnx", "--dim", "n=1", "--format", "json");

        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        var models = document.RootElement.GetProperty("models").EnumerateArray().ToList();
        Assert.Equal(["b.onnx", "a.onnx"], models.Select(model => model.GetProperty("path").GetString()));
        Assert.All(models, model =>
        {
            Assert.Equal(["path", "medianMs", "minMs", "runs"], model.EnumerateObject().Select(member => member.Name));
            Assert.InRange(model.GetProperty("minMs").GetDouble(), 1e-6, model.GetProperty("medianMs").GetDouble());
            Assert.True(model.GetProperty("runs").GetInt32() > 0);
        });
    }

    [Fact]
    public void Evaluate_holds_predictions_against_measurements()
    {
        var result = ToolProcess.Run(_folder, "evaluate", "a.onnx", "b.onnx", "--device", "device.json", "--format", "json");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("FDI3006: The device model 'steps' was measured on 'Test CPU'", result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var models = document.RootElement.GetProperty("models").EnumerateArray().ToList();
        Assert.All(models, model => Assert.Equal(
            model.GetProperty("predictedMs").GetDouble() / model.GetProperty("measuredMs").GetDouble(), model.GetProperty("ratio").GetDouble(), 0.01));
        var summary = document.RootElement.GetProperty("summary");
        Assert.Equal(2, summary.GetProperty("count").GetInt32());
        Assert.Equal(models.Average(model => Math.Abs(model.GetProperty("ratio").GetDouble() - 1)), summary.GetProperty("mape").GetDouble(), 1e-3);
    }

    [Fact]
    public void A_model_that_cannot_be_read_stops_the_measurement_before_it_begins()
    {
        var result = ToolProcess.Run(_folder, "measure", "a.onnx", "no.onnx");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("no.onnx: FDI3002: ", result.Error);
    }
}
