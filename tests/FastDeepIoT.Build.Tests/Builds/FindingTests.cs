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
        Assert.Single((await _project.BuildAgain("-warnaserror")).Failed().Errors);
        Assert.Single((await _project.BuildAgain("-p:MSBuildTreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=FDI2003")).Succeeded().Warnings);
        Assert.Empty((await _project.BuildAgain("-p:MSBuildWarningsAsMessages=FDI2003")).Succeeded().Warnings);
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
    public async Task FindingsAreLeftAsSarifWithPlacesRelativeToTheSources()
    {
        _project.Model("models/a b.onnx", "finding=" + Unmodelled, "optimized=0.1").Define("""<OnnxModel Include="models/a b.onnx" LatencyBudget="1us" />""");
        (await _project.Build()).Failed();

        using var log = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(_project.Intermediate, "findings.sarif")));
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        var run = log.RootElement.GetProperty("runs")[0];
        Assert.Equal(["FDI2001", "FDI2003"], run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal(
            [("FDI2003", "warning", "models/a%20b.onnx", 1), ("FDI2001", "error", "app.csproj", 10)],
            run.GetProperty("results").EnumerateArray().Select(result =>
            {
                var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
                Assert.Equal("%SRCROOT%", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
                return (
                    result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString(),
                    place.GetProperty("artifactLocation").GetProperty("uri").GetString(), place.GetProperty("region").GetProperty("startLine").GetInt32());
            }));
    }

    [Fact]
    public async Task CompileErrorStopsTheToolAndTheNextBuildIsRight()
    {
        _project.Model("models/a.onnx", "loiter=60000");
        _project.Write("Program.cs", "this is not C#");

        var watch = System.Diagnostics.Stopwatch.StartNew();
        (await _project.Build()).Failed();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 55);
        Assert.DoesNotContain(_project.FilesIn("obj"), file => file.EndsWith(".rsp", StringComparison.Ordinal));

        _project.Model("models/a.onnx");
        _project.Write("Program.cs", "System.Console.WriteLine();");
        (await _project.BuildAgain()).Succeeded();
        Assert.StartsWith("optimized", _project.Delivered("models/a.onnx"), StringComparison.Ordinal);
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
