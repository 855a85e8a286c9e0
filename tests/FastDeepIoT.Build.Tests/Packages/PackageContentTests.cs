using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FastDeepIoT.Build.Tests.Packages;

/// <summary>What must be in a package, and that nothing else is.</summary>
public sealed class PackageContentTests(PackageFeed feed)
{
    private const long LargestPackage = 60_000_000;

    private static readonly string[] Everywhere = ["README.md", "THIRD-PARTY-NOTICES.md", "icon.png"];

    private static readonly string[] Analyzers =
    [
        "analyzers/dotnet/cs/FastDeepIoT.Analyzers.CodeFixes.dll",
        "analyzers/dotnet/cs/FastDeepIoT.Analyzers.dll",
        "analyzers/dotnet/cs/FastDeepIoT.TimeModel.dll",
    ];

    private static readonly string[] Tool =
    [
        "FastDeepIoT.Onnx.dll", "FastDeepIoT.Optimization.dll", "FastDeepIoT.Profiling.dll", "FastDeepIoT.TimeModel.dll", "Google.Protobuf.dll",
        "MathNet.Numerics.dll", "Microsoft.ML.OnnxRuntime.dll", "System.CommandLine.dll", "System.Numerics.Tensors.dll",
        "fastdeepiot.deps.json", "fastdeepiot.dll", "fastdeepiot.runtimeconfig.json", "licenses/OnnxRuntime.txt",
        .. Natives("linux-arm64", "lib{0}.so"), .. Natives("linux-x64", "lib{0}.so"),
        "runtimes/osx-arm64/native/libonnxruntime.dylib",
        .. Natives("win-arm64", "{0}.dll"), .. Natives("win-x64", "{0}.dll"),
        .. Devices,
    ];

    private static IEnumerable<string> Devices => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src", "FastDeepIoT.Tool", "Devices"), "*.json")
        .Select(file => "devices/" + Path.GetFileName(file));

    [Fact]
    public void BuildPackageHoldsTargetsTasksToolAndAnalyzers() => AssertHolds(
        "FastDeepIoT.Build",
        [
            .. Everywhere, .. Analyzers, .. Tool.Select(file => "tools/net10.0/" + file),
            "build/FastDeepIoT.Build.Compiler.targets", "build/FastDeepIoT.Build.Editor.targets", "build/FastDeepIoT.Build.Embed.targets", "build/FastDeepIoT.Build.Models.targets", "build/FastDeepIoT.Build.Shared.targets",
            "build/FastDeepIoT.Build.props", "build/FastDeepIoT.Build.targets", "build/FastDeepIoT.Device.targets",
            "buildMultiTargeting/FastDeepIoT.Build.props", "buildMultiTargeting/FastDeepIoT.Build.targets",
            "buildTransitive/FastDeepIoT.Build.props", "buildTransitive/FastDeepIoT.Build.targets",
            "tasks/netstandard2.0/FastDeepIoT.Build.dll",
        ]);

    [Fact]
    public void AnalyzerPackageHoldsAnalyzersAndDevices() => AssertHolds(
        "FastDeepIoT.Analyzers",
        [.. Everywhere, .. Analyzers, .. Devices, "build/FastDeepIoT.Analyzers.targets", "build/FastDeepIoT.Device.targets"]);

    [Fact]
    public void ToolPackageHoldsTheTool() => AssertHolds(
        "FastDeepIoT.Tool", [.. Everywhere, .. Tool.Select(file => "tools/net10.0/any/" + file), "tools/net10.0/any/DotnetToolSettings.xml"]);

    [Theory]
    [InlineData("TimeModel", "netstandard2.0")]
    [InlineData("Onnx", "net10.0", "FastDeepIoT.TimeModel", "Google.Protobuf", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Managed", "System.Numerics.Tensors")]
    [InlineData("Profiling", "net10.0", "FastDeepIoT.Onnx", "Google.Protobuf", "MathNet.Numerics", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Managed", "System.Numerics.Tensors")]
    [InlineData("Optimization", "net10.0", "FastDeepIoT.Onnx", "Google.Protobuf", "MathNet.Numerics", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Managed", "System.Numerics.Tensors")]
    public void LibraryPackageHoldsTheLibraryItsDocumentationAndWhatItNeeds(string name, string framework, params string[] dependencies)
    {
        var id = "FastDeepIoT." + name;
        AssertHolds(id, [.. Everywhere, $"lib/{framework}/{id}.dll", $"lib/{framework}/{id}.xml"]);

        Assert.Equal(dependencies, Regex.Matches(NuspecOf(id), "<dependency id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("FastDeepIoT.Build")]
    [InlineData("FastDeepIoT.Analyzers")]
    [InlineData("FastDeepIoT.Tool")]
    [InlineData("FastDeepIoT.TimeModel")]
    [InlineData("FastDeepIoT.Onnx")]
    [InlineData("FastDeepIoT.Profiling")]
    [InlineData("FastDeepIoT.Optimization")]
    public void PackageSaysWhatItIs(string id)
    {
        var nuspec = NuspecOf(id);

        Assert.Contains("""<license type="expression">MIT</license>""", nuspec, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<icon>icon.png</icon>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<repository type=\"git\" url=\"https://github.com/fastdeepiot/fastdeepiot-dotnet\"", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("Package Description", nuspec, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FastDeepIoT.Build")]
    [InlineData("FastDeepIoT.Analyzers")]
    public void PackageIsADevelopmentDependencyWithoutDependencies(string id)
    {
        var nuspec = NuspecOf(id);

        Assert.Contains("<developmentDependency>true</developmentDependency>", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("<dependency ", nuspec, StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingThatOthersWroteIsInTheNotices()
    {
        using var package = ZipFile.OpenRead(feed.PackagePath("FastDeepIoT.Build"));
        using var dependencies = JsonDocument.Parse(package.GetEntry("tools/net10.0/fastdeepiot.deps.json")!.Open());
        var shipped = dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package").Select(library => library.Name.Split('/')).ToList();
        var notices = File.ReadAllLines(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md"));

        Assert.NotEmpty(shipped);
        Assert.All(shipped, library => Assert.Contains(notices, line => line.StartsWith($"| {library[0]} | {library[1]} |", StringComparison.Ordinal)));
        Assert.Equal(shipped.Count, notices.Count(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.Contains("licence", StringComparison.Ordinal)));
    }

    // What could open a connection is not even referred to.
    [Theory]
    [InlineData("FastDeepIoT.Build")]
    [InlineData("FastDeepIoT.Analyzers")]
    [InlineData("FastDeepIoT.Tool")]
    public void NothingThatIsShippedSpeaksToANetwork(string id)
    {
        using var package = ZipFile.OpenRead(feed.PackagePath(id));
        var assemblies = package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && !entry.FullName.Contains("/native/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, assembly => Assert.DoesNotContain(ReferredTypes(assembly), IsOfNetworks));
    }

    private static bool IsOfNetworks(string type) => type.StartsWith("System.Net.", StringComparison.Ordinal) && type != "System.Net.WebUtility";

    private static List<string> ReferredTypes(ZipArchiveEntry assembly)
    {
        using var bytes = new MemoryStream();
        using (var stream = assembly.Open()) stream.CopyTo(bytes);
        bytes.Position = 0;
        using var image = new PEReader(bytes);
        var metadata = image.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }

    private string NuspecOf(string id)
    {
        using var package = ZipFile.OpenRead(feed.PackagePath(id));
        using var reader = new StreamReader(package.GetEntry(id + ".nuspec")!.Open());
        return reader.ReadToEnd();
    }

    private void AssertHolds(string id, IEnumerable<string> expected)
    {
        var path = feed.PackagePath(id);
        using var package = ZipFile.OpenRead(path);
        var files = package.Entries.Select(entry => Uri.UnescapeDataString(entry.FullName)).Where(file => !IsNuGetsOwn(file));

        Assert.Equal(expected.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Assert.InRange(new FileInfo(path).Length, 1, LargestPackage);
    }

    private static bool IsNuGetsOwn(string file) =>
        file is "_rels/.rels" or "[Content_Types].xml" || file.EndsWith(".nuspec", StringComparison.Ordinal) || file.StartsWith("package/", StringComparison.Ordinal);

    private static IEnumerable<string> Natives(string platform, string pattern) =>
        from library in (string[])["onnxruntime", "onnxruntime_providers_shared"]
        select $"runtimes/{platform}/native/{string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, library)}";
}
