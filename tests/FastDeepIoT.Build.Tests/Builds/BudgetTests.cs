namespace FastDeepIoT.Build.Tests.Builds;

public sealed class BudgetTests(PackageFeed feed)
{
    private readonly TestProject _project = new TestProject(feed).Model("models/a.onnx", "optimized=0.1");

    [Fact]
    public async Task MissedBudgetFailsEveryBuildAtTheItemAndIsJudgedAgainWithoutWork()
    {
        Define("0.08 ms");
        var first = (await _project.Build()).Failed();
        _project.TakeToolCalls();
        var second = (await _project.BuildAgain()).Failed();

        Assert.Equal(first.Errors, second.Errors);
        Assert.Equal(
            $"{_project.PathOf("app.csproj")}(10,40): error FDI2001: 'models/a.onnx' is predicted to take 100 us (80% interval 90.0 us to 110 us) on "
            + "'x64-avx512-1t', 25% over its budget of 80.0 us. Costliest layers: '/first/Conv' (conv2d, 50.0 us, 50%); '/second/Conv' (conv2d, "
            + "30.0 us, 30%); '/third/Gemm' (gemm, 10.0 us, 10%). Cheapest fix: in '/first/Conv', 8 output channels instead of 9 would save 10 us, "
            + "of 20.0 us needed: the rest takes narrower layers, a smaller input or fewer layers.",
            Assert.Single(second.Errors));

        Define("0.12 ms");
        (await _project.BuildAgain()).Succeeded();
        Assert.Empty(_project.TakeToolCalls());
    }

    [Fact]
    public async Task BudgetOfTheProjectHoldsForModelsWithoutTheirOwn()
    {
        _project.Model("models/b.onnx", "optimized=0.3").Define("""
            <OnnxModel Include="models/a.onnx" />
            <OnnxModel Include="models/b.onnx" LatencyBudget="1ms" />
            """);

        var error = Assert.Single((await _project.Build("-p:FastDeepIoTLatencyBudget=50us")).Failed().Errors);

        Assert.Contains("FDI2001: 'models/a.onnx'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BudgetMayBeHeldAgainstTheUpperEndOfTheInterval()
    {
        Define("105us");

        (await _project.Build("-p:FastDeepIoTBudgetOn=Median")).Succeeded();
        var error = Assert.Single((await _project.BuildAgain("-p:FastDeepIoTBudgetOn=UpperBound")).Failed().Errors);
        var mistake = Assert.Single((await _project.BuildAgain("-p:FastDeepIoTBudgetOn=Mean")).Failed().Errors);

        Assert.Contains("FDI2001: 'models/a.onnx' is predicted to take 100 us (80% interval 90.0 us to 110 us) on 'x64-avx512-1t', the upper end of which is 4.8% over", error, StringComparison.Ordinal);
        Assert.Contains("FDI3007: FastDeepIoTBudgetOn is 'Mean', expected Median or UpperBound.", mistake, StringComparison.Ordinal);
        Assert.Single(_project.TakeToolCalls());
    }

    [Fact]
    public async Task AllModelsTogetherMayHaveABudgetForEachDevice()
    {
        _project.Model("models/b.onnx", "optimized=0.3").Define(
            properties: "<FastDeepIoTDevices>server;gateway</FastDeepIoTDevices>\n<FastDeepIoTTotalLatencyBudget>server=1ms;gateway=250us</FastDeepIoTTotalLatencyBudget>");

        var build = (await _project.Build()).Failed();

        Assert.StartsWith(
            $"{_project.PathOf("app.csproj")}(7,2): error FDI2001: 2 models are predicted to take 400 us (80% interval 360 us to 440 us) in total on 'gateway', 60% over "
            + "their budget of 250 us. Costliest models: 'models/b.onnx' (300 us, 75%); 'models/a.onnx' (100 us, 25%). Cheapest fix: in 'models/a.onnx: /first/Conv'",
            Assert.Single(build.Errors),
            StringComparison.Ordinal);
        Assert.Contains("total: 400 us, budget 1.00 ms kept [server]", build.Output, StringComparison.Ordinal);
        Assert.Contains("| ❌ | **total** | gateway |", File.ReadAllText(Path.Combine(_project.Intermediate, "summary.md")), StringComparison.Ordinal);
        Assert.Contains("no model is built for", Assert.Single((await _project.BuildAgain("-p:FastDeepIoTTotalLatencyBudget=watch=1ms")).Failed().Errors), StringComparison.Ordinal);
        (await _project.BuildAgain("-p:FastDeepIoTTotalLatencyBudget=400us")).Succeeded();
    }

    [Fact]
    public async Task MissedBudgetHidesNoCompileError()
    {
        Define("1us");
        _project.Write("Program.cs", "this is not C#");

        var errors = (await _project.Build()).Failed().Errors;

        Assert.Contains(errors, error => error.Contains("error CS", StringComparison.Ordinal));
    }

    private void Define(string budget) => _project.Define($"""<OnnxModel Include="models/a.onnx" LatencyBudget="{budget}" />""");
}
