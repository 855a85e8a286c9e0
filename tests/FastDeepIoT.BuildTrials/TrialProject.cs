namespace FastDeepIoT.BuildTrials;

/// <summary>A console application with some models beside it.</summary>
/// <param name="feed">Where its package comes from.</param>
/// <param name="name">Its folder.</param>
/// <param name="package">Whether it uses the package; otherwise the models are content.</param>
internal sealed class TrialProject(Feed feed, string name, bool package)
{
    internal string Folder { get; } = Path.Combine(feed.Root, name);

    internal string ModelPath(string model) => Path.Combine(Folder, "models", model + ".onnx");

    internal string DeliveredPath(string model) => Path.Combine(Folder, "bin", "Debug", "net10.0", "models", model + ".onnx");

    internal string ProjectFile => Path.Combine(Folder, Path.GetFileName(Folder) + ".csproj");

    internal void Create()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "models"));
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), "System.Console.WriteLine();");
        File.WriteAllText(ProjectFile, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                {(package ? $"""<PackageReference Include="FastDeepIoT.Build" Version="{feed.Version}" PrivateAssets="all" />""" : "")}
                {(package ? """<OnnxModel Include="models/*.onnx" />""" : """<Content Include="models/*.onnx" CopyToOutputDirectory="PreserveNewest" />""")}
              </ItemGroup>
            </Project>
            """);
    }

    internal void Restore() => DotNet.Run(Folder, feed.Environment("off"), "restore");

    /// <summary>Builds without restoring.</summary>
    /// <param name="results">Where results are kept, or <c>off</c>.</param>
    internal void Build(string results = "off") => DotNet.Run(Folder, feed.Environment(results), BuildArguments);

    /// <summary>The same in a process that stays for the next one.</summary>
    internal void BuildWarm(string results) =>
        DotNet.Run(Folder, new Dictionary<string, string>(feed.Environment(results)) { ["MSBUILDDISABLENODEREUSE"] = "0", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1" }, BuildArguments);

    /// <summary>Ends the process that stayed.</summary>
    internal void EndWarm() => DotNet.Run(Folder, feed.Environment("off"), "build-server", "shutdown", "--msbuild");

    /// <summary>Starts a build without restoring.</summary>
    internal System.Diagnostics.Process StartBuild(string results) => DotNet.Start(Folder, feed.Environment(results), BuildArguments);

    /// <summary>Forgets everything but what was restored.</summary>
    internal void RemoveOutputs()
    {
        foreach (var outputs in (string[])["bin", "obj/Debug"])
            if (Directory.Exists(Path.Combine(Folder, outputs))) Directory.Delete(Path.Combine(Folder, outputs), recursive: true);
    }

    private static string[] BuildArguments => ["build", "--no-restore", "-v", "quiet"];
}
