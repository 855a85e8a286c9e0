namespace FastDeepIoT.Build.Tests.Builds;

public sealed class SolutionTests(PackageFeed feed)
{
    [Fact]
    public async Task WorkIsDoneOnceForSeveralTargetFrameworks()
    {
        var project = new TestProject(feed).Model("models/a.onnx", "finding=FDI2003 warning Odd.")
            .Define(properties: "<OutputType>Library</OutputType>", frameworks: "net10.0;netstandard2.0");
        project.Write("Program.cs", "public class Nothing { }");

        var build = (await project.Build()).Succeeded();

        Assert.Equal(["models/a.onnx"], Assert.Single(project.TakeToolCalls()));
        Assert.Single(build.Warnings);
        foreach (var framework in (string[])["net10.0", "netstandard2.0"])
            Assert.StartsWith("optimized", File.ReadAllText(project.PathOf($"bin/Debug/{framework}/models/a.onnx")), StringComparison.Ordinal);
        Assert.Single((await project.BuildAgain()).Succeeded().Warnings);
        Assert.Empty(project.TakeToolCalls());

        (await project.Run("clean")).Succeeded();
        Assert.DoesNotContain(project.FilesIn("obj"), file => file.Contains(".onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ModelsOfOneTargetFrameworkOnlyAreDoneThere()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Model("models/b.onnx").Define(
            """
            <OnnxModel Include="models/a.onnx" />
            <OnnxModel Include="models/b.onnx" Condition="'$(TargetFramework)' == 'net10.0'" />
            """,
            "<OutputType>Library</OutputType>",
            "net10.0;netstandard2.0");
        project.Write("Program.cs", "public class Nothing { }");

        (await project.Build()).Succeeded();

        Assert.Equal(["models/a.onnx", "models/b.onnx"], project.TakeToolCalls().SelectMany(call => call).Order());
        Assert.Equal(["a.onnx", "b.onnx"], project.FilesIn("bin/Debug/net10.0/models"));
        Assert.Equal(["a.onnx"], project.FilesIn("bin/Debug/netstandard2.0/models"));
    }

    [Fact]
    public async Task ModelsOfReferencedProjectsReachTheApplicationInEveryKindOfBuild()
    {
        var project = new TestProject(feed).Model("models/app.onnx").Define("""
            <OnnxModel Include="models/*.onnx" />
            <ProjectReference Include="library/library.csproj" />
            <Compile Remove="library/**" />
            """);
        project.Write("library/library.csproj", File.ReadAllText(project.PathOf("app.csproj"))
            .Replace("""<ProjectReference Include="library/library.csproj" />""", "").Replace("<OutputType>Exe</OutputType>", ""));
        project.Write("library/Nothing.cs", "public class Nothing { }");
        project.Model("library/models/library.onnx");

        (await project.Run("restore")).Succeeded();
        foreach (var mode in (string[])["-m:1", "-m", "-graph", "-mt"])
        {
            (await project.BuildAgain("-t:Rebuild", mode)).Succeeded();

            Assert.Equal(["app.onnx", "library.onnx"], project.FilesIn("bin/Debug/net10.0/models"));
            Assert.StartsWith("optimized", project.Delivered("models/library.onnx"), StringComparison.Ordinal);
        }

        (await project.Run("publish", "--no-build", "-c", "Debug", "-o", "published")).Succeeded();
        Assert.Equal(["app.onnx", "library.onnx"], project.FilesIn("published/models"));
        Assert.StartsWith("optimized", File.ReadAllText(project.PathOf("published/models/library.onnx")), StringComparison.Ordinal);
    }
}
