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
            + "'x64-avx512-1t', 25% over its budget of 80.0 us. Costliest layers: '/first/Conv' (conv2d, 50.0 us, 50%): 8 output channels instead of 9 "
            + "would save 10 us; '/second/Conv' (conv2d, 30.0 us, 30%); '/third/Gemm' (gemm, 10.0 us, 10%). "
            + "Widths are moved off cliffs without changing results by 'fastdeepiot optimize', or Mode=\"Exact\" in a build.",
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
    public async Task MissedBudgetHidesNoCompileError()
    {
        Define("1us");
        _project.Write("Program.cs", "this is not C#");

        var errors = (await _project.Build()).Failed().Errors;

        Assert.Contains(errors, error => error.Contains("error CS", StringComparison.Ordinal));
    }

    private void Define(string budget) => _project.Define($"""<OnnxModel Include="models/a.onnx" LatencyBudget="{budget}" />""");
}
