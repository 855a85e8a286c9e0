using System.Globalization;

[assembly: AssemblyFixture(typeof(FastDeepIoT.Build.Tests.PackageFeed))]

namespace FastDeepIoT.Build.Tests;

/// <summary>
/// Packs the packages of this repository once for all tests, under a version nobody has used before, into a feed of its own with a package
/// cache of its own: no test can see a package of yesterday.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private CompilerServer? _compiler;

    internal string Root { get; } = Directory.CreateTempSubdirectory("fastdeepiot-tests-").FullName;

    /// <summary>Where projects lie that may fetch from the user's own sources of packages.</summary>
    internal string OnlineRoot { get; } = Directory.CreateTempSubdirectory("fastdeepiot-online-").FullName;

    internal string Version { get; } =
        "0.1.0-test" + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    internal string Folder => Path.Combine(Root, "feed");

    internal string Cache => Path.Combine(Root, "cache");

    internal string PackagePath(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        WriteBoundaries(Root, otherSources: "<clear />");
        WriteBoundaries(OnlineRoot, otherSources: "");
        _compiler = await CompilerServer.Start(Root);
        await Pack();
    }

    public ValueTask DisposeAsync()
    {
        _compiler?.Dispose();
        foreach (var root in (string[])[Root, OnlineRoot]) Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task Pack()
    {
        var result = await DotNet.Run(Repository.Root, new Dictionary<string, string>(),
            "pack", Path.Combine("build", "Packages.slnf"), "-c", Repository.Configuration, "-p:PackageVersion=" + Version, "-o", Folder);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    /// <summary>Keeps what lies above the folder for temporary files out of the projects in it.</summary>
    private void WriteBoundaries(string root, string otherSources)
    {
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(root, file), "<Project />");
        File.WriteAllText(Path.Combine(root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                {otherSources}
                <add key="packed" value="{Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored" value="{RestoredPackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>What restoring this repository has already fetched, so that tests need no network.</summary>
    private static string RestoredPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
