using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace FastDeepIoT.Build.Tests.Packages;

/// <summary>Packages as a build server makes them, from two clones of the same commit in different places.</summary>
public sealed class ReproducibleTests(PackageFeed feed)
{
    private const string Package = "FastDeepIoT.TimeModel";
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public async Task SameCommitMakesTheSamePackageAnywhereAndLeadsToItsSources()
    {
        var first = await Pack("first");
        var second = await Pack("another place");

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        using var package = ZipFile.OpenRead(first);
        var assembly = new MemoryStream();
        package.GetEntry($"lib/netstandard2.0/{Package}.dll")!.Open().CopyTo(assembly);
        Assert.Contains("https://raw.githubusercontent.com/fastdeepiot/fastdeepiot-dotnet/", SourceLinkOf(assembly), StringComparison.Ordinal);
    }

    private async Task<string> Pack(string place)
    {
        var clone = new TestProject(feed, place, empty: true);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "THIRD-PARTY-NOTICES.md"])
            clone.Copy(Path.Combine(Repository.Root, file), file);
        foreach (var folder in (string[])["build", Path.Combine("src", Package)]) CopySources(clone, folder);
        await Git(clone, "init", "--quiet");
        await Git(clone, "remote", "add", "origin", "https://github.com/fastdeepiot/fastdeepiot-dotnet");
        await Git(clone, "add", "--all");
        await Git(clone, "-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "--quiet", "--date", "2026-01-01T00:00:00Z", "--message", "all");

        (await clone.Run(new Dictionary<string, string> { ["CI"] = "true" }, "pack", Path.Combine("src", Package), "-c", "Release", "-o", "packed")).Succeeded();
        return Assert.Single(Directory.GetFiles(clone.PathOf("packed")));
    }

    private static void CopySources(TestProject clone, string folder)
    {
        var root = Path.Combine(Repository.Root, folder);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            if (Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
                clone.Copy(file, Path.GetRelativePath(Repository.Root, file));
    }

    private static async Task Git(TestProject clone, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z" };
        Assert.Equal(0, (await Command.Run("git", clone.Folder, environment, arguments)).ExitCode);
    }

    private static string SourceLinkOf(MemoryStream assembly)
    {
        assembly.Position = 0;
        using var reader = new PEReader(assembly);
        var entry = reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = reader.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        var symbols = provider.GetMetadataReader();
        var information = symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation).Single(information => symbols.GetGuid(information.Kind) == SourceLink);
        return Encoding.UTF8.GetString(symbols.GetBlobBytes(information.Value));
    }
}
