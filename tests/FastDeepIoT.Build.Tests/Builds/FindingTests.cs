namespace FastDeepIoT.Build.Tests.Builds;

public sealed class FindingTests(PackageFeed feed)
{
    private const string Unmodelled = "FDI2003 warning Operator 'Odd' is not covered.";

    private readonly TestProject _project = new(feed);

    [Fact]
    public async Task WarningsAreShownAgainWhenNothingIsDone()
    {
        _project.Model("models/a.onnx", "finding=" + Unmodelled);
        string[] expected = [$"{_project.PathOf("models/a.onnx")} : warning FDI2003: Operator 'Odd' is not covered."];

        Assert.Equal(expected, (await _project.Build()).Succeeded().Warnings);
        Assert.Equal(expected, (await _project.BuildAgain()).Succeeded().Warnings);
    }

    [Fact]
    public async Task WarningsFollowTheSwitchesOfMSBuild()
    {
        _project.Model("models/a.onnx", "finding=" + Unmodelled);
        (await _project.Build()).Succeeded();

        Assert.Empty((await _project.BuildAgain("-p:NoWarn=FDI2003")).Succeeded().Warnings);
        Assert.Contains("error FDI2003", Assert.Single((await _project.BuildAgain("-p:WarningsAsErrors=FDI2003")).Failed().Errors), StringComparison.Ordinal);
        Assert.Single((await _project.BuildAgain("-p:MSBuildTreatWarningsAsErrors=true")).Failed().Errors);
        Assert.Single((await _project.BuildAgain("-p:TreatWarningsAsErrors=true")).Succeeded().Warnings);
    }

    [Fact]
    public async Task SeverityOfACodeIsTheProjectsChoice()
    {
        _project.Model("models/a.onnx", "finding=" + Unmodelled);
        (await _project.Build()).Succeeded();

        Assert.Empty((await _project.BuildAgain("-p:FastDeepIoTSeverities=FDI2003=none")).Succeeded().Warnings);
        Assert.Single((await _project.BuildAgain("-p:FastDeepIoTSeverities=FDI2003=error")).Failed().Errors);
    }

    [Fact]
    public async Task FailedModelFailsTheBuildUntilItIsMended()
    {
        _project.Model("models/a.onnx", "fail=FDI3003 Not an ONNX model.");
        string[] expected = [$"{_project.PathOf("models/a.onnx")} : error FDI3003: Not an ONNX model."];

        Assert.Equal(expected, (await _project.Build()).Failed().Errors);
        Assert.Equal(expected, (await _project.BuildAgain()).Failed().Errors);

        _project.Model("models/a.onnx");
        (await _project.BuildAgain()).Succeeded();
    }

    [Fact]
    public async Task CrashOfTheToolIsAnInternalErrorWithItsLastWords()
    {
        _project.Model("models/a.onnx", "crash=70");

        var error = Assert.Single((await _project.Build()).Failed().Errors);

        Assert.Contains("error FDI9001: The fastdeepiot tool ended with exit code 70: something went wrong", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SummaryNamesEveryModelWithBeforeAfterAndBudget()
    {
        _project.Model("models/a.onnx", "time=0.2", "optimized=0.1").Define(
            """<OnnxModel Include="models/a.onnx" LatencyBudget="150us" />""", "<FastDeepIoTDevice>gateway</FastDeepIoTDevice>");

        var build = (await _project.Build()).Succeeded();

        Assert.Contains("models/a.onnx: 200 us -> 100 us (2.0x), budget 150 us kept [gateway]", build.Output, StringComparison.Ordinal);
    }
}
