using FastDeepIoT.Build.Devices;

namespace FastDeepIoT.Build.Tests.Units;

public sealed class TargetDeviceTests
{
    private static readonly IReadOnlyList<TargetDevice> Devices = TargetDevice.ParseList(" server ; devices/g=w.json@linux-arm64 = 12ms;\n tablet@win-x64;");

    [Fact]
    public void DeviceRuntimeIdentifierAndBudgetAreToldApart() => Assert.Equal(
        [new TargetDevice("server", "", ""), new TargetDevice("devices/g=w.json", "linux-arm64", "12ms"), new TargetDevice("tablet", "win-x64", "")],
        Devices);

    [Theory]
    [InlineData("win-x64", "tablet")]
    [InlineData("linux-arm64", "devices/g=w.json")]
    [InlineData("osx-arm64", "server")]
    [InlineData("", "server")]
    public void VariantOfTheRuntimeIdentifierIsDelivered(string runtimeIdentifier, string device) =>
        Assert.Equal(device, TargetDevice.Delivered(Devices, runtimeIdentifier).Device);
}
