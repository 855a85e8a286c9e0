namespace FastDeepIoT.Build.Tests.Builds;

public sealed class MistakeTests(PackageFeed feed)
{
    [Fact]
    public async Task MistakesAreShownWhereTheyWereMadeAndNothingIsStarted()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Define("""
            <OnnxModel Include="models/a.onnx" Mode="Fast" />
            <OnnxModel Include="models/missing.onnx" />
            """);

        var errors = (await project.Build()).Failed().Errors;

        var file = project.PathOf("app.csproj");
        Assert.Equal(
            [
                $"{file}(10,40): error FDI3007: Mode of 'models/a.onnx' is 'Fast', expected None, Exact or Compress.",
                $"{file}(11,2): error FDI3002: Model 'models/missing.onnx' does not exist. Correct its path, which is relative to the project file, or remove the item.",
            ],
            errors);
        Assert.Empty(project.TakeToolCalls());
        Assert.Equal(errors, (await project.BuildAgain()).Failed().Errors);
    }
}
