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

    private static string DeviceOf(TestProject project, string folder)
    {
        using var report = System.Text.Json.JsonDocument.Parse(File.ReadAllText(project.PathOf(folder + "/a.onnx.fastdeepiot.json")));
        return report.RootElement.GetProperty("device").GetString()!;
    }
}
