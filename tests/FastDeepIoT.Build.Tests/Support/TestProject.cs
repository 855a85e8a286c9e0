namespace FastDeepIoT.Build.Tests;

/// <summary>A project outside the repository that references the packed package, with a fake tool that records what it is asked.</summary>
internal sealed class TestProject
{
    private readonly PackageFeed _feed;

    /// <summary>A project in a folder of its own.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="folderName">The name of the folder.</param>
    /// <param name="empty">Whether to leave the folder empty.</param>
    /// <param name="online">Whether the sources of packages that the user has count too.</param>
    internal TestProject(PackageFeed feed, string folderName = "app", bool empty = false, bool online = false)
    {
        _feed = feed;
        Folder = Path.Combine(online ? feed.OnlineRoot : feed.Root, Guid.NewGuid().ToString("N")[..8], folderName);
        Directory.CreateDirectory(Folder);
        if (empty) return;

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

    internal void Copy(string file, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.Copy(file, PathOf(path), overwrite: true);
    }

    internal string PathOf(string path) => Path.Combine(Folder, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>A file of the build output.</summary>
    internal string Delivered(string path) => File.ReadAllText(Path.Combine(Output, path));

    /// <summary>A file of the build output while a build may be running; null when it is not there: MSBuild's Copy removes a file before it writes it anew.</summary>
    internal string? DeliveredNow(string path)
    {
        try
        {
            return Delivered(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The files of the build output's folder <paramref name="folder"/>, sorted.</summary>
    internal IEnumerable<string> FilesIn(string folder) => Directory.Exists(PathOf(folder))
        ? Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(PathOf(folder), file).Replace('\\', '/')).Order(StringComparer.Ordinal)
        : [];

    internal Task<CommandResult> Build(params string[] arguments) => Run(["build", .. arguments]);

    /// <summary>A build after one that has restored.</summary>
    internal Task<CommandResult> BuildAgain(params string[] arguments) => Run(["build", "--no-restore", .. arguments]);

    internal Task<CommandResult> Run(params IEnumerable<string> arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>Runs <c>dotnet</c> in the folder with more environment variables.</summary>
    internal Task<CommandResult> Run(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        DotNet.Run(Folder, With(environment), arguments);

    /// <summary>Starts <c>dotnet</c> in the folder, where it does not end by itself.</summary>
    internal RunningCommand Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        DotNet.Start(Folder, With(environment), arguments);

    private Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment) =>
        new(environment) { ["NUGET_PACKAGES"] = _feed.Cache, ["FASTDEEPIOT_FAKE_LOG"] = ToolLog };

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
