namespace FastDeepIoT.Build.Tests.Builds;

public sealed class IncrementalTests(PackageFeed feed)
{
    private readonly TestProject _project = new TestProject(feed).Model("models/a.onnx").Model("models/b.onnx").Model("models/c.onnx");

    [Fact]
    public async Task OneProcessDoesWhatIsOutOfDateAndNothingElse()
    {
        (await _project.Build()).Succeeded();
        Assert.Equal(["models/a.onnx", "models/b.onnx", "models/c.onnx"], Assert.Single(_project.TakeToolCalls()));

        (await _project.BuildAgain()).Succeeded();
        Assert.Empty(_project.TakeToolCalls());

        _project.Model("models/b.onnx", "time=0.3");
        (await _project.BuildAgain()).Succeeded();
        Assert.Equal(["models/b.onnx"], Assert.Single(_project.TakeToolCalls()));
        Assert.EndsWith("time=0.3", _project.Delivered("models/b.onnx"), StringComparison.Ordinal);

        (await _project.BuildAgain("-p:FastDeepIoTDevice=another")).Succeeded();
        Assert.Equal(3, Assert.Single(_project.TakeToolCalls()).Length);
    }

    [Fact]
    public async Task EditedDeviceModelRedoesTheModelsMadeForIt()
    {
        _project.Write("devices/gateway.json", "{}");
        _project.Define(properties: "<FastDeepIoTDevice>devices/gateway.json</FastDeepIoTDevice>");
        (await _project.Build()).Succeeded();
        Assert.Contains("device=" + _project.PathOf("devices/gateway.json"), _project.TakeRequests());

        _project.Write("devices/gateway.json", "{ }");
        (await _project.BuildAgain()).Succeeded();

        Assert.Equal(3, Assert.Single(_project.TakeToolCalls()).Length);
    }

    [Fact]
    public async Task EditedCalibrationDataRedoTheModelsCompressedWithThem()
    {
        _project.Write("data/one.npz", "1");
        _project.Define("""<OnnxModel Include="models/*.onnx" Mode="Compress" Calibration="data" MaxDrop="1%" InputScale="1/255" />""");
        (await _project.Build()).Succeeded();
        var request = _project.TakeRequests();
        Assert.Contains("mode=compress", request);
        Assert.Contains("calibration=" + _project.PathOf("data"), request);
        Assert.Contains("max-drop=1%", request);
        Assert.Contains("scale=1/255", request);
        _project.TakeToolCalls();

        (await _project.BuildAgain()).Succeeded();
        Assert.Empty(_project.TakeToolCalls());

        _project.Write("data/one.npz", "2");
        (await _project.BuildAgain()).Succeeded();
        Assert.Equal(3, Assert.Single(_project.TakeToolCalls()).Length);
    }

    [Fact]
    public async Task RemovedModelDisappearsFromOutput()
    {
        (await _project.Build()).Succeeded();

        File.Delete(_project.PathOf("models/b.onnx"));
        (await _project.BuildAgain()).Succeeded();

        Assert.Equal(["a.onnx", "c.onnx"], _project.FilesIn("bin/Debug/net10.0/models"));
        Assert.DoesNotContain(_project.FilesIn("obj"), file => file.Contains("b.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CleanRemovesEverything()
    {
        (await _project.Build()).Succeeded();

        (await _project.Run("clean")).Succeeded();

        Assert.DoesNotContain(_project.FilesIn("bin"), file => file.Contains("onnx", StringComparison.Ordinal));
        Assert.DoesNotContain(_project.FilesIn("obj/Debug"), file => file.Contains("fastdeepiot/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DesignTimeBuildStartsNothing()
    {
        (await _project.Run("restore")).Succeeded();

        (await _project.Run("msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true")).Succeeded();

        Assert.Empty(_project.TakeToolCalls());
        Assert.Empty(_project.FilesIn("obj/Debug/net10.0/fastdeepiot"));
    }

    [Fact]
    public async Task TwoBuildsAtOnceGiveWholeFiles()
    {
        _project.Model("models/a.onnx", "loiter=1500");
        (await _project.Run("restore")).Succeeded();

        var builds = await Task.WhenAll(
            _project.BuildAgain("-t:FastDeepIoTReport"), _project.BuildAgain("-t:FastDeepIoTReport"));

        Assert.All(builds, build => build.Succeeded());
        Assert.Equal("optimized by mode exact\na model\nloiter=1500", File.ReadAllText(Path.Combine(_project.Intermediate, "models/a.onnx")));
        Assert.DoesNotContain(_project.FilesIn("obj"), file => file.EndsWith(".tmp", StringComparison.Ordinal) || file.EndsWith(".rsp", StringComparison.Ordinal));
    }
}
