using System.Runtime.InteropServices;

namespace FastDeepIoT.Build.Tests.Builds;

public sealed class DeviceTests(PackageFeed feed)
{
    private static readonly string Here = RuntimeInformation.RuntimeIdentifier;

    [Fact]
    public async Task EveryDeviceIsJudgedAndItsVariantDeliveredWhereItBelongs()
    {
        var project = new TestProject(feed).Model("models/a.onnx", "optimized=0.1")
            .Define(properties: $"<FastDeepIoTDevices>server=1ms; gateway@{Here}=50us</FastDeepIoTDevices>");

        var build = (await project.Build()).Failed();

        var error = Assert.Single(build.Errors);
        Assert.Contains("on 'gateway'", error, StringComparison.Ordinal);
        Assert.Contains("budget of 50.0 us", error, StringComparison.Ordinal);
        Assert.Equal(["device=server", "device=gateway"], project.TakeRequests().Where(line => line.StartsWith("device=", StringComparison.Ordinal)));

        project.Define(properties: $"<FastDeepIoTDevices>server=1ms; gateway@{Here}=200us</FastDeepIoTDevices>");
        (await project.BuildAgain()).Succeeded();
        Assert.Equal("server", DeviceOf(project, "obj/Debug/net10.0/fastdeepiot/models"));

        (await project.Run("build", "-r", Here, "--self-contained", "false")).Succeeded();
        Assert.Equal("gateway", DeviceOf(project, $"obj/Debug/net10.0/{Here}/fastdeepiot/models"));

        (await project.Run("clean")).Succeeded();
        Assert.Empty(project.FilesIn("obj/Debug/net10.0/fastdeepiot"));
    }

    [Fact]
    public async Task VariantOfTheRuntimeIdentifierIsPublished()
    {
        var project = new TestProject(feed).Model("models/a.onnx")
            .Define(properties: "<FastDeepIoTDevices>server@linux-x64; gateway@linux-arm64; camera@win-x64</FastDeepIoTDevices>");

        foreach (var (runtimeIdentifier, device) in ((string, string)[])[("linux-arm64", "gateway"), ("win-x64", "camera"), ("osx-arm64", "server")])
        {
            (await project.Run("publish", "-r", runtimeIdentifier, "--self-contained", "false", "-p:UseAppHost=false", "-o", "published/" + runtimeIdentifier)).Succeeded();

            Assert.Equal("optimized by mode exact\na model", File.ReadAllText(project.PathOf($"published/{runtimeIdentifier}/models/a.onnx")));
            Assert.Equal(device, DeviceOf(project, $"obj/Release/net10.0/{runtimeIdentifier}/fastdeepiot/models"));
            Assert.Equal(["a.onnx"], project.FilesIn($"published/{runtimeIdentifier}/models"));
        }
    }

    [Fact]
    public async Task ItemMayHaveItsOwnDevicesAndBudgets()
    {
        var project = new TestProject(feed).Model("models/a.onnx", "optimized=0.1").Model("models/b.onnx", "optimized=0.1").Define(
            """
            <OnnxModel Include="models/a.onnx" Devices="watch=50us;phone=1ms" />
            <OnnxModel Include="models/b.onnx" />
            """,
            "<FastDeepIoTDevices>server=1ms</FastDeepIoTDevices>");

        var error = Assert.Single((await project.Build()).Failed().Errors);

        Assert.Contains("FDI2001: 'models/a.onnx' is predicted to take 100 us (80% interval 90.0 us to 110 us) on 'watch'", error, StringComparison.Ordinal);
        Assert.Equal(
            ["device=phone", "device=server", "device=watch"],
            project.TakeRequests().Where(line => line.StartsWith("device=", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static string DeviceOf(TestProject project, string folder)
    {
        using var report = System.Text.Json.JsonDocument.Parse(File.ReadAllText(project.PathOf(folder + "/a.onnx.fastdeepiot.json")));
        return report.RootElement.GetProperty("device").GetString()!;
    }
}
