namespace FastDeepIoT.Build.Tests.Builds;

public sealed class BaselineTests(PackageFeed feed)
{
    [Fact]
    public async Task GrowthSinceTheCommittedBaselineFailsUntilItIsAccepted()
    {
        var project = new TestProject(feed).Model("models/a.onnx", "optimized=0.1").Model("models/b.onnx", "optimized=0.2")
            .Define(properties: "<FastDeepIoTBaseline>latency.baseline.json</FastDeepIoTBaseline>");
        Assert.Contains("FDI3002", Assert.Single((await project.Build()).Failed().Errors), StringComparison.Ordinal);

        (await project.BuildAgain("-t:FastDeepIoTUpdateBaseline")).Succeeded();
        Assert.Equal(
            """
            {
              "schema": "fastdeepiot.latency-baseline/1",
              "models": [
                {"path": "models/a.onnx", "device": "x64-avx512-1t", "predictedMs": 0.1},
                {"path": "models/b.onnx", "device": "x64-avx512-1t", "predictedMs": 0.2}
              ]
            }

            """.ReplaceLineEndings("\n"),
            File.ReadAllText(project.PathOf("latency.baseline.json")));
        (await project.BuildAgain()).Succeeded();

        project.Model("models/a.onnx", "optimized=0.12");
        var error = Assert.Single((await project.BuildAgain()).Failed().Errors);
        Assert.Contains("error FDI2002: 'models/a.onnx' is predicted to take 120 us", error, StringComparison.Ordinal);
        Assert.Contains("20% more than the 100 us of the baseline; 5% is allowed", error, StringComparison.Ordinal);

        (await project.BuildAgain("-p:FastDeepIoTMaxRegression=25%")).Succeeded();

        File.Delete(project.PathOf("models/b.onnx"));
        project.Model("models/c.onnx", "optimized=0.3");
        var missing = Assert.Single((await project.BuildAgain("-p:FastDeepIoTMaxRegression=25%")).Succeeded().Warnings);
        Assert.Contains("warning FDI2007: The baseline has no time of 'models/c.onnx' on 'x64-avx512-1t'", missing, StringComparison.Ordinal);
        (await project.BuildAgain("-t:FastDeepIoTUpdateBaseline")).Succeeded();
        Assert.Empty((await project.BuildAgain()).Succeeded().Warnings);
        Assert.Equal(
            ["models/a.onnx", "models/c.onnx"], File.ReadAllLines(project.PathOf("latency.baseline.json")).Where(line => line.Contains("path", StringComparison.Ordinal)).Select(line => line.Split('"')[3]));
        Assert.Equal(["app.csproj", "latency.baseline.json", "Program.cs"], Directory.GetFiles(project.Folder).Select(Path.GetFileName).Order(StringComparer.OrdinalIgnoreCase));
    }
}
