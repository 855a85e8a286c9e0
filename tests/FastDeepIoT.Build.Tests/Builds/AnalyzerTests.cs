namespace FastDeepIoT.Build.Tests.Builds;

public sealed class AnalyzerTests(PackageFeed feed)
{
    [Fact]
    public async Task AnalyzerSeesTheDeviceModelOfTheProject()
    {
        var project = new TestProject(feed).Define(properties: "<FastDeepIoTDevice>devices/gateway.json</FastDeepIoTDevice>");
        project.Write("devices/gateway.json", "{}");
        (await project.Run("restore")).Succeeded();

        var files = (await project.Run("msbuild", "-getItem:AdditionalFiles")).Succeeded().Output;

        Assert.Contains("gateway.json", files, StringComparison.Ordinal);
        Assert.Contains("\"FastDeepIoTDeviceModel\": \"true\"", files, StringComparison.Ordinal);
    }
}
