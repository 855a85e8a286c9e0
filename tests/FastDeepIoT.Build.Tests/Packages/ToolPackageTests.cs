namespace FastDeepIoT.Build.Tests.Packages;

public sealed class ToolPackageTests(PackageFeed feed)
{
    [Fact]
    public async Task ToolIsInstalledFromThePackageAndRuns()
    {
        var project = new TestProject(feed, "tools", empty: true);
        (await project.Run("new", "tool-manifest")).Succeeded();
        (await project.Run("tool", "install", "FastDeepIoT.Tool", "--version", feed.Version)).Succeeded();

        var devices = (await project.Run("fastdeepiot", "devices")).Succeeded().Output;
        var check = await project.Run("fastdeepiot", "check", RealModels.Digits, "--device", "x64-avx512-1t", "--latency-budget", "1us");

        Assert.Contains("x64-avx512-1t", devices, StringComparison.Ordinal);
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("FDI2001", check.Output, StringComparison.Ordinal);
    }
}
