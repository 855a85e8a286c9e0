namespace FastDeepIoT.Build.Tests.Builds;

/// <summary>The package as it is shipped, with the tool it carries, on a real pruned network.</summary>
public sealed class RealToolTests(PackageFeed feed)
{
    private const string RealTool = "-p:RealTool=true";

    [Fact]
    public async Task ModelsAndReportsAreTheSameBytesWhereverTheSourcesLieAndWhateverTheCulture()
    {
        var here = Project("here");
        var there = Project("another place é");
        const string Items = """<OnnxModel Include="models/*.onnx" LatencyBudget="1.5s" />""";
        foreach (var project in (TestProject[])[here, there])
            project.Define(Items, "<FastDeepIoTBaseline>latency.json</FastDeepIoTBaseline><FastDeepIoTTotalLatencyBudget>2s</FastDeepIoTTotalLatencyBudget>");

        var build = (await here.Build(RealTool, "-t:Restore;FastDeepIoTUpdateBaseline;Build")).Succeeded();
        var turkish = new Dictionary<string, string> { ["LC_ALL"] = "tr_TR.UTF-8", ["LANG"] = "tr_TR.UTF-8", ["TZ"] = "Asia/Tokyo" };
        (await there.Run(turkish, "build", RealTool, "-t:Restore;FastDeepIoTUpdateBaseline;Build")).Succeeded();

        Assert.Contains("models/digits.onnx: ", build.Output, StringComparison.Ordinal);
        Assert.Contains("FDI3001", build.Output, StringComparison.Ordinal);
        string[] files =
        [
            "bin/Debug/net10.0/models/digits.onnx", "latency.json",
            .. ((string[])["models/digits.onnx.fastdeepiot.json", "summary.md", "findings.sarif"]).Select(file => "obj/Debug/net10.0/fastdeepiot/" + file),
        ];
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(here.PathOf(file)), File.ReadAllBytes(there.PathOf(file))));
        Assert.NotEqual(File.ReadAllBytes(RealModels.Digits), File.ReadAllBytes(here.PathOf(files[0])));
        Assert.Contains("\"device\": \"x64-avx512-1t\"", ReportOf(here), StringComparison.Ordinal);
        Assert.Contains("\"status\": \"optimized\"", ReportOf(here), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildsAtTheSameTimeShareOneCache()
    {
        var cache = new Dictionary<string, string> { ["FASTDEEPIOT_CACHE"] = Path.Combine(feed.Root, Guid.NewGuid().ToString("N")) };
        TestProject[] projects = [.. Enumerable.Range(0, 3).Select(_ => Project("app"))];
        foreach (var project in projects) (await project.Run("restore")).Succeeded();

        var builds = await Task.WhenAll(projects.Select(project => project.Run(cache, "build", "--no-restore", RealTool)));

        Assert.All(builds, build => build.Succeeded());
        var delivered = projects.Select(project => File.ReadAllBytes(Path.Combine(project.Output, "models/digits.onnx"))).ToList();
        Assert.All(delivered, bytes => Assert.Equal(delivered[0], bytes));
        Assert.Single(Directory.GetFiles(cache["FASTDEEPIOT_CACHE"], "*", SearchOption.AllDirectories));

        (await projects[0].Run("clean", RealTool)).Succeeded();
        var again = (await projects[0].Run(cache, "build", "--no-restore", RealTool, "-v:d")).Succeeded();
        Assert.Contains("from the cache", again.Output, StringComparison.Ordinal);
        Assert.Equal(delivered[0], File.ReadAllBytes(Path.Combine(projects[0].Output, "models/digits.onnx")));
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

        const string Layer = @"'[^']+' \([^)]+\)";
        Assert.Matches(
            $@"error FDI2001: 'models/digits\.onnx' is predicted to take \d.* times its budget of 1\.00 us\. Costliest layers: {Layer}; {Layer}; {Layer}\. (No width lies|Cheapest fix: in '[^']+', )", error);
    }

    [Fact]
    public async Task BrokenModelsAreNamedWithCodesAndTheRestIsBuilt()
    {
        var project = Project("app");
        project.Write("models/empty.onnx", "");
        project.Write("models/text.onnx", "This is not a model.");
        File.WriteAllBytes(project.PathOf("models/cut.onnx"), File.ReadAllBytes(RealModels.Digits)[..20_000]);

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
        project.Copy(Path.Combine(Repository.Root, "samples", "PrunedNetworks", "data", "spoken_digits.npz"), "data/digits.npz");
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
    public async Task ModelsInAFolderThatCannotBeWrittenAreBuilt()
    {
        var project = Project("app");
        var models = project.PathOf("models");
        var before = Directory.GetLastWriteTimeUtc(models);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(models, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (await project.Build(RealTool)).Succeeded();

        Assert.NotEqual(File.ReadAllBytes(RealModels.Digits), File.ReadAllBytes(Path.Combine(project.Output, "models/digits.onnx")));
        Assert.Equal(before, Directory.GetLastWriteTimeUtc(models)); // an administrator may write there all the same: nobody tried

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(models, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
        project.Copy(RealModels.Digits, "models/digits.onnx");
        return project;
    }

    private static string ReportOf(TestProject project) =>
        File.ReadAllText(Path.Combine(project.Intermediate, "models/digits.onnx.fastdeepiot.json"));
}
