using System.IO.Compression;

namespace FastDeepIoT.Build.Tests.Builds;

public sealed class DeliveryTests(PackageFeed feed)
{
    private const string Optimized = "optimized by mode exact\na model";

    [Fact]
    public async Task OptimizedModelTakesTheOriginalsPlaceInBuildAndPublishOutput()
    {
        var project = new TestProject(feed).Model("models/a.onnx");

        (await project.Build()).Succeeded();
        (await project.Run("publish", "--no-build", "-c", "Debug", "-o", "published")).Succeeded();

        Assert.Equal(Optimized, project.Delivered("models/a.onnx"));
        Assert.Equal(Optimized, File.ReadAllText(project.PathOf("published/models/a.onnx")));
        Assert.Equal("a model", File.ReadAllText(project.PathOf("models/a.onnx")));
        Assert.Equal(["a.onnx"], project.FilesIn("models"));
    }

    [Fact]
    public async Task NothingButTheModelReachesTheApplication()
    {
        var project = new TestProject(feed).Model("models/a.onnx");

        (await project.Build("-p:UseAppHost=false")).Succeeded();

        Assert.Equal(
            ["app.deps.json", "app.dll", "app.pdb", "app.runtimeconfig.json", "models/a.onnx"], project.FilesIn("bin/Debug/net10.0"));
        Assert.DoesNotContain("FastDeepIoT", project.Delivered("app.deps.json"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ModelNamedAsContentInAnotherSpellingIsDeliveredOnce()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Define("""
            <Content Include="./models/a.onnx" CopyToOutputDirectory="PreserveNewest" />
            <OnnxModel Include="models/a.onnx" />
            """);

        (await project.Run("publish", "-c", "Debug", "-o", "published")).Succeeded();

        Assert.Equal(Optimized, project.Delivered("models/a.onnx"));
        Assert.Equal(Optimized, File.ReadAllText(project.PathOf("published/models/a.onnx")));
    }

    [Fact]
    public async Task OneFileCanBeDeliveredOptimizedAndAsItIs()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Define("""
            <OnnxModel Include="models/a.onnx" />
            <OnnxModel Include="models/a.onnx" Mode="None" Link="models/a.original.onnx" />
            """);

        (await project.Build()).Succeeded();

        Assert.Equal(Optimized, project.Delivered("models/a.onnx"));
        Assert.Equal("a model", project.Delivered("models/a.original.onnx"));
    }

    [Fact]
    public async Task SwitchingThePackageOffBringsTheOriginalBack()
    {
        var project = new TestProject(feed).Model("models/a.onnx");
        (await project.Build()).Succeeded();
        project.TakeToolCalls();

        (await project.BuildAgain("-p:FastDeepIoTEnabled=false")).Succeeded();

        Assert.Equal("a model", project.Delivered("models/a.onnx"));
        Assert.Empty(project.TakeToolCalls());
    }

    [Fact]
    public async Task SingleFilePublishKeepsModelsBesideTheExecutable()
    {
        var project = new TestProject(feed).Model("models/a.onnx");

        var publish = await project.Run(
            "publish", "-o", "published", "-p:PublishSingleFile=true", "-p:EnableSingleFileAnalyzer=false", "--use-current-runtime", "--self-contained", "false");
        Assert.SkipWhen(publish.Output.Contains("NU1101", StringComparison.Ordinal), "This SDK brings no host for single files, and tests fetch nothing.");
        publish.Succeeded();

        Assert.Equal(Optimized, File.ReadAllText(project.PathOf("published/models/a.onnx")));
        Assert.DoesNotContain(project.FilesIn("published"), file => file.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TrimmedPublishKeepsModelsBesideTheExecutable()
    {
        var project = new TestProject(feed, online: true).Model("models/a.onnx");

        var publish = await project.Run("publish", "-o", "published", "-p:PublishTrimmed=true", "--use-current-runtime", "--self-contained", "true");
        Assert.SkipWhen(publish.Output.Contains("NU1101", StringComparison.Ordinal) || publish.Output.Contains("NU1301", StringComparison.Ordinal) || publish.Output.Contains("NU1102", StringComparison.Ordinal),
            "The runtime to trim is not to be had here.");
        publish.Succeeded();

        Assert.Equal(Optimized, File.ReadAllText(project.PathOf("published/models/a.onnx")));
        Assert.DoesNotContain(project.FilesIn("published"), file => file.Contains("fastdeepiot", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WatchLooksAtModels()
    {
        var project = new TestProject(feed).Model("models/a.onnx");
        (await project.Run("restore")).Succeeded();

        var watched = (await project.Run("watch", "--list", "--non-interactive")).Succeeded().Output;

        Assert.Contains(project.PathOf("models/a.onnx"), watched, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchBuildsAnewWhenAModelIsEdited()
    {
        var project = new TestProject(feed).Model("models/a.onnx");
        (await project.Run("restore")).Succeeded();
        var plain = new Dictionary<string, string> { ["DOTNET_WATCH_SUPPRESS_EMOJIS"] = "1" };
        using var watch = project.Start(plain, "watch", "--non-interactive", "build", "--no-restore");
        await watch.Until(() => watch.Output.Contains("Waiting for a file to change", StringComparison.Ordinal));
        Assert.Equal(Optimized, project.Delivered("models/a.onnx"));

        project.Model("models/a.onnx", "time=0.3");

        await watch.Until(() => project.DeliveredNow("models/a.onnx")?.EndsWith("time=0.3", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task PackedApplicationCarriesNoTraceOfThePackage()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Define(properties: "<IsPackable>true</IsPackable>");

        (await project.Run("pack", "-o", "packed")).Succeeded();

        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(project.PathOf("packed"))));
        using var nuspec = new StreamReader(package.Entries.Single(entry => entry.Name == "app.nuspec").Open());
        Assert.DoesNotContain("FastDeepIoT", await nuspec.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.Contains("fastdeepiot", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("semi;colon and spaces")]
    [InlineData("Modèle 模型 (brackets) $dollar")]
    public async Task UnusualPathsWork(string name)
    {
        var project = new TestProject(feed, name).Model($"models/{name}/a.onnx").Define("""<OnnxModel Include="models/**/*.onnx" />""");

        (await project.Build()).Succeeded();

        Assert.Equal(Optimized, project.Delivered($"models/{name}/a.onnx"));
    }

    [Fact]
    public async Task EmbeddedModelIsTheOptimizedOneUnderTheOriginalsResourceName()
    {
        var project = new TestProject(feed).Model("models/a.onnx").Define("""<OnnxModel Include="models/a.onnx" Embed="true" />""");
        project.Write("Program.cs", """
            using var model = new System.IO.StreamReader(typeof(Program).Assembly.GetManifestResourceStream("app.models.a.onnx")!);
            System.Console.WriteLine(model.ReadLine());
            """);

        Assert.Contains("optimized by mode exact", (await project.Run("run")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Empty(project.FilesIn("bin/Debug/net10.0/models"));

        project.Model("models/a.onnx", "fail=FDI3003 Not an ONNX model.");
        Assert.Contains("FDI3003", Assert.Single((await project.BuildAgain()).Failed().Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadOnlySourcesCanBeBuilt()
    {
        var project = new TestProject(feed).Model("models/a.onnx");
        File.SetAttributes(project.PathOf("models/a.onnx"), FileAttributes.ReadOnly);

        (await project.Build()).Succeeded();
        project.Write("models/b.onnx", "a model");
        (await project.BuildAgain()).Succeeded();

        Assert.Equal(Optimized, project.Delivered("models/a.onnx"));
        Assert.Equal(Optimized, project.Delivered("models/b.onnx"));
    }
}
