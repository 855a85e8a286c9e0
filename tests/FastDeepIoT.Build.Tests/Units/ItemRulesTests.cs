using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build.Tests.Units;

public sealed class ItemRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fastdeepiot-").FullName;

    public ItemRulesTests() => File.WriteAllText(Path.Combine(_folder, "a.onnx"), "");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ItemWithAllMetadataIsFine() => Assert.Empty(Problems(
        ("Mode", "compress"), ("Device", "gateway"), ("Dimensions", "batch=1; seq=128"), ("LatencyBudget", "12ms"), ("MaxDrop", "0.5%"),
        ("Calibration", "a.onnx"), ("Link", "b.onnx"), ("CopyToOutputDirectory", "Never"), ("_Mine", "anything")));

    [Theory]
    [InlineData("Mode", "Fast", "FDI3007", "expected None, Exact or Compress")]
    [InlineData("LatencyBudget", "12", "FDI3007", "expected a time above zero with its unit")]
    [InlineData("Dimensions", "batch", "FDI3007", "a.onnx' has 'batch', expected NAME=N")]
    [InlineData("Dimensions", "batch=0", "FDI3007", "has 'batch=0'")]
    [InlineData("MaxDrop", "0.5", "FDI3007", "expected a percentage")]
    [InlineData("MaxDrop", "120%", "FDI3007", "expected a percentage")]
    [InlineData("Device", "devices/missing.json", "FDI3002", "Device model 'devices/missing.json'")]
    [InlineData("Mode", "Compress", "FDI3007", "needs data to judge accuracy by")]
    [InlineData("Calibration", "missing", "FDI3002", "Calibration data 'missing'")]
    [InlineData("Judging", "missing", "FDI3002", "Judging data 'missing'")]
    [InlineData("LatencyBuget", "12ms", "FDI3007", "Did you mean 'LatencyBudget'?")]
    [InlineData("Budget", "12ms", "FDI3007", "Did you mean 'LatencyBudget'?")]
    [InlineData("MaxLatency", "12ms", "FDI3007", "Did you mean 'LatencyBudget'?")]
    [InlineData("TimeBudget", "12ms", "FDI3007", "Did you mean 'LatencyBudget'?")]
    [InlineData("Calibration_data", "data", "FDI3007", "Did you mean 'Calibration'?")]
    [InlineData("ScaleFactor", "1", "FDI3007", "Did you mean 'InputScale'?")]
    [InlineData("Colour", "blue", "FDI3007", "Expected Mode, Device")]
    public void MistakeIsNamedWithWhatWasExpected(string metadata, string value, string code, string part)
    {
        var problem = Assert.Single(Problems((metadata, value)));

        Assert.Equal(code, problem.Code.Id);
        Assert.Equal(metadata, problem.Metadata);
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderIsNotAModel()
    {
        var problem = Assert.Single(ItemRules.Check(Item("", []), _folder), problem => problem.Metadata is null);

        Assert.Equal(DiagnosticCode.FileNotFound, problem.Code);
        Assert.Contains("is a folder", problem.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<ItemProblem> Problems(params (string Name, string Value)[] metadata) =>
        [.. ItemRules.Check(Item("a.onnx", metadata), _folder)];

    private TaskItem Item(string path, (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(Path.Combine(_folder, path));
        foreach (var (name, value) in metadata) item.SetMetadata(name, value);
        return item;
    }
}
