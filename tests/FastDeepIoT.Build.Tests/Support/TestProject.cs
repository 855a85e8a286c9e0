namespace FastDeepIoT.Build.Tests;

/// <summary>A project outside the repository that references the packed package, with a fake tool that records what it is asked.</summary>
internal sealed class TestProject
{
    private readonly PackageFeed _feed;

    internal TestProject(PackageFeed feed, string folderName = "app")
    {
        _feed = feed;
        Folder = Path.Combine(feed.Root, Guid.NewGuid().ToString("N")[..8], folderName);
        Directory.CreateDirectory(Folder);
        Write("Program.cs", "System.Console.WriteLine();");
        Define();
    }

    internal string Folder { get; }

    internal string Output => PathOf("bin/Debug/net10.0");

    internal string Intermediate => PathOf("obj/Debug/net10.0/fastdeepiot");

    /// <summary>The project file; items and properties are inserted as they are.</summary>
    internal TestProject Define(string items = """<OnnxModel Include="models/*.onnx" />""", string properties = "", string frameworks = "net10.0")
    {
        var framework = frameworks.Contains(';') ? "TargetFrameworks" : "TargetFramework";
        Write("app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <{framework}>{frameworks}</{framework}>
                <FastDeepIoTToolPath Condition="'$(RealTool)' == ''">{FakeTool}</FastDeepIoTToolPath>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="FastDeepIoT.Build" Version="{_feed.Version}" PrivateAssets="all" />
                {items}
              </ItemGroup>
            </Project>
            """);
        return this;
    }

    /// <summary>A model that says to the fake tool what it is to do; see its ModelScript.</summary>
    internal TestProject Model(string path, params string[] script)
    {
        Write(path, string.Join('\n', ["a model", .. script]));
        return this;
    }

    internal void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    internal string PathOf(string path) => Path.Combine(Folder, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>A file of the build output.</summary>
    internal string Delivered(string path) => File.ReadAllText(Path.Combine(Output, path));

    /// <summary>The files of the build output's folder <paramref name="folder"/>, sorted.</summary>
    internal IEnumerable<string> FilesIn(string folder) => Directory.Exists(PathOf(folder))
        ? Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(PathOf(folder), file).Replace('\\', '/')).Order(StringComparer.Ordinal)
        : [];

    internal Task<CommandResult> Build(params string[] arguments) => Run(["build", .. arguments]);

    /// <summary>A build after one that has restored.</summary>
    internal Task<CommandResult> BuildAgain(params string[] arguments) => Run(["build", "--no-restore", .. arguments]);

    internal Task<CommandResult> Run(params IEnumerable<string> arguments) => DotNet.Run(
        Folder,
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = _feed.Cache, ["FASTDEEPIOT_FAKE_LOG"] = ToolLog },
        arguments);

    /// <summary>The models asked of the tool since last looked, call by call.</summary>
    internal IReadOnlyList<string[]> TakeToolCalls()
    {
        var lines = TakeRequests();
        var calls = new List<List<string>>();
        foreach (var line in lines)
            if (line.StartsWith("protocol=", StringComparison.Ordinal)) calls.Add([]);
            else if (line.StartsWith("name=", StringComparison.Ordinal)) calls[^1].Add(line["name=".Length..]);
        return [.. calls.Select(call => call.ToArray())];
    }

    /// <summary>The lines of all requests since last looked.</summary>
    internal string[] TakeRequests()
    {
        var lines = File.Exists(ToolLog) ? File.ReadAllLines(ToolLog) : [];
        File.Delete(ToolLog);
        return lines;
    }

    private string ToolLog => Path.Combine(Path.GetDirectoryName(Folder)!, "requests.log");

    private static string FakeTool => Path.Combine(AppContext.BaseDirectory, "FastDeepIoT.Build.FakeTool.dll");
}
