namespace FastDeepIoT.Build.Tests.Builds;

/// <summary>A tool that crashes, hangs or is not there: the build says so, delivers nothing wrong, and the next one is right.</summary>
public sealed class FaultTests(PackageFeed feed)
{
    [Fact]
    public async Task AModelThatCrashesTheToolIsNamedAndTheOthersAreDone()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Model("models/bad.onnx", "crash=139").Model("models/c.onnx");

        var errors = (await project.Build()).Failed().Errors;
        Assert.True(errors.Count == 1, string.Join("\n", errors));
        var error = errors[0];

        Assert.Contains("error FDI3018: The process of the fastdeepiot tool ended with exit code 139 while working on 'models/bad.onnx'", error, StringComparison.Ordinal);
        Assert.Contains("models/a.onnx.fastdeepiot.json", project.FilesIn("obj/Debug/net10.0/fastdeepiot"));
        Assert.Contains("models/c.onnx.fastdeepiot.json", project.FilesIn("obj/Debug/net10.0/fastdeepiot"));
        Assert.DoesNotContain(project.FilesIn("obj/Debug/net10.0/fastdeepiot"), file => file.EndsWith(".rsp", StringComparison.Ordinal));

        project.Model("models/bad.onnx", "good again");
        Assert.Empty((await project.BuildAgain()).Succeeded().Errors);
        Assert.Contains("good again", project.Delivered("models/bad.onnx"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AToolThatHangsIsEnded()
    {
        var project = new TestProject(feed).Model("models/a.onnx", "loiter=60000").Define(properties: "<FastDeepIoTTimeoutMinutes>0.05</FastDeepIoTTimeoutMinutes>");

        var errors = (await project.Build()).Failed().Errors;

        Assert.Contains(errors, error => error.Contains("error FDI3017: ", StringComparison.Ordinal) && error.Contains("'models/a.onnx'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AHostThatIsNotThereIsNamed()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Define(properties: "<FastDeepIoTDotNetHost>/nowhere/dotnet</FastDeepIoTDotNetHost>");

        Assert.Contains("error FDI3002: '/nowhere/dotnet', which should run the fastdeepiot tool, does not exist.",
            Assert.Single((await project.Build()).Failed().Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADestinationOutsideTheOutputIsRefused()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Define("""<OnnxModel Include="models/a.onnx" Link="../../../../a.onnx" />""");

        Assert.Contains("error FDI3007: 'models/a.onnx' would be delivered as '../../../../a.onnx', outside the output folder.",
            Assert.Single((await project.Build()).Failed().Errors), StringComparison.Ordinal);
    }
}
