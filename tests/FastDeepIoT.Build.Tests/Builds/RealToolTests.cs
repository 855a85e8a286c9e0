namespace FastDeepIoT.Build.Tests.Builds;

/// <summary>The package as it is shipped, with the tool it carries, on a real pruned network.</summary>
public sealed class RealToolTests(PackageFeed feed)
{
    private const string RealTool = "-p:RealTool=true";

    private static readonly string Digits = Path.Combine(Repository.Root, "samples", "PrunedNetworks", "models", "digits_dscnn.onnx");

    [Fact]
    public async Task PrunedNetworkIsRewrittenTheSameWhereverItLies()
    {
        var here = Project("here");
        var there = Project("another place é");

        var build = (await here.Build(RealTool)).Succeeded();
        (await there.Build(RealTool)).Succeeded();

        Assert.Contains("models/digits.onnx: ", build.Output, StringComparison.Ordinal);
        Assert.Contains("FDI3001", build.Output, StringComparison.Ordinal);
        var delivered = File.ReadAllBytes(Path.Combine(here.Output, "models/digits.onnx"));
        Assert.NotEqual(File.ReadAllBytes(Digits), delivered);
        Assert.Equal(delivered, File.ReadAllBytes(Path.Combine(there.Output, "models/digits.onnx")));
        Assert.Equal(ReportOf(here), ReportOf(there));
        Assert.Contains("\"device\": \"x64-avx512-1t\"", ReportOf(here), StringComparison.Ordinal);
        Assert.Contains("\"status\": \"optimized\"", ReportOf(here), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CleanBuildTakesWhatWasKeptUntilTheCacheIsCleared()
    {
        const string Cache = "-p:FastDeepIoTCache=kept";
        var project = Project("app");
        Assert.DoesNotContain("from the cache", (await project.Build(RealTool, Cache, "-v:d")).Succeeded().Output, StringComparison.Ordinal);
        var delivered = File.ReadAllBytes(Path.Combine(project.Output, "models/digits.onnx"));

        (await project.Run("clean", RealTool)).Succeeded();
        Assert.Contains("from the cache", (await project.BuildAgain(RealTool, Cache, "-v:d")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(delivered, File.ReadAllBytes(Path.Combine(project.Output, "models/digits.onnx")));

        (await project.BuildAgain("-t:FastDeepIoTClearCache", RealTool, Cache)).Succeeded();
        Assert.Empty(project.FilesIn("kept"));
    }

    [Fact]
    public async Task ImpossibleBudgetNamesTheCostliestLayersOfTheRealNetwork()
    {
        var project = Project("app").Define("""<OnnxModel Include="models/*.onnx" LatencyBudget="1us" />""");

        var error = Assert.Single((await project.Build(RealTool)).Failed().Errors);

        const string Layer = @"'[^']+' \([^)]+\)(: [^;]+ would save [^;]+ \([^)]+\))?";
        Assert.Matches(
            $@"error FDI2001: 'models/digits\.onnx' is predicted to take \d.*over its budget of 1\.00 us\. Costliest layers: {Layer}; {Layer}; {Layer}\.", error);
    }

    [Fact]
    public async Task BrokenModelsAreNamedWithCodesAndTheRestIsBuilt()
    {
        var project = Project("app");
        project.Write("models/empty.onnx", "");
        project.Write("models/text.onnx", "This is not a model.");
        File.WriteAllBytes(project.PathOf("models/cut.onnx"), File.ReadAllBytes(Digits)[..20_000]);

        var build = (await project.Build(RealTool)).Failed();

        Assert.Equal(3, build.Errors.Count);
        foreach (var name in (string[])["cut", "empty", "text"])
            Assert.Contains(build.Errors, error => error.StartsWith($"{project.PathOf($"models/{name}.onnx")} : error FDI30", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", build.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(project.Intermediate, "models/digits.onnx")));
        Assert.False(File.Exists(Path.Combine(project.Intermediate, "models/cut.onnx")));
    }

    [Fact]
    public async Task CompressedNetworkTakesTheOriginalsPlaceAndAMissedGateFailsTheBuild()
    {
        var project = Project("app");
        Directory.CreateDirectory(project.PathOf("data"));
        File.Copy(Path.Combine(Repository.Root, "samples", "PrunedNetworks", "data", "spoken_digits.npz"), project.PathOf("data/digits.npz"));
        project.Define("""<OnnxModel Include="models/*.onnx" Mode="Compress" Calibration="data/digits.npz" MaxDrop="5%" />""");

        (await project.Build(RealTool)).Succeeded();
        var report = ReportOf(project);
        project.Define("""<OnnxModel Include="models/*.onnx" Mode="Compress" Calibration="data/digits.npz" MaxDrop="5%" LatencyBudget="1us" />""");
        var error = Assert.Single((await project.Build(RealTool)).Failed().Errors, line => line.Contains("FDI2006", StringComparison.Ordinal));

        Assert.Contains("\"mode\": \"compress\"", report, StringComparison.Ordinal);
        Assert.Contains("\"status\": \"optimized\"", report, StringComparison.Ordinal);
        Assert.Contains("No choice of widths reaches the budget of 1.00 us", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownDeviceIsNamedWithThoseThatAreKnown()
    {
        var project = Project("app").Define("""<OnnxModel Include="models/digits.onnx" Device="toaster" />""");

        var error = Assert.Single((await project.Build(RealTool)).Failed().Errors);

        Assert.StartsWith(project.PathOf("app.csproj") + "(10,", error, StringComparison.Ordinal);
        Assert.Contains("error FDI3012", error, StringComparison.Ordinal);
        Assert.Contains("x64-avx512-1t", error, StringComparison.Ordinal);
    }

    private TestProject Project(string name)
    {
        var project = new TestProject(feed, name);
        Directory.CreateDirectory(project.PathOf("models"));
        File.Copy(Digits, project.PathOf("models/digits.onnx"));
        return project;
    }

    private static string ReportOf(TestProject project) =>
        File.ReadAllText(Path.Combine(project.Intermediate, "models/digits.onnx.fastdeepiot.json"));
}
