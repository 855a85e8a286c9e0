using System.Globalization;

namespace FastDeepIoT.BuildTrials;

/// <summary>A folder with the freshly packed package, a package cache of its own and projects that use both.</summary>
internal sealed class Feed
{
    private Feed(string root, string version) => (Root, Version) = (root, version);

    internal string Root { get; }

    internal string Version { get; }

    private string PackageCache => Path.Combine(Root, "packages");

    internal Dictionary<string, string> Environment(string results) =>
        new() { ["NUGET_PACKAGES"] = PackageCache, ["FASTDEEPIOT_CACHE"] = results };

    /// <summary>Packs into a new folder.</summary>
    internal static Feed Create(string root)
    {
        var feed = new Feed(root, "0.1.0-trial" + DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(Path.Combine(root, "feed"));
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(root, file), "<Project />");
        File.WriteAllText(Path.Combine(root, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="packed" value="{Path.Combine(root, "feed")}" /></packageSources></configuration>""");
        DotNet.Run(RepositoryRoot, new Dictionary<string, string>(), "pack", Path.Combine("src", "FastDeepIoT.Build"), "-c", "Release",
            "-p:PackageVersion=" + feed.Version, "-o", Path.Combine(root, "feed"));
        File.WriteAllText(Path.Combine(root, "version"), feed.Version); // last: whoever finds it finds the package
        return feed;
    }

    /// <summary>The feed that an earlier command made.</summary>
    internal static Feed Open(string root) => new(root, File.ReadAllText(Path.Combine(root, "version")));

    internal static string RepositoryRoot => FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "FastDeepIoT.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These trials run from a folder below the repository."));
}
