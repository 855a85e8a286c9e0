using System.Text.RegularExpressions;

namespace FastDeepIoT.Build.Tests.Packages;

/// <summary>The libraries as somebody uses them who scripts: the examples of their READMEs, against the packed packages.</summary>
public sealed partial class LibraryTests(PackageFeed feed)
{
    private static readonly string[] Libraries = ["TimeModel", "Onnx", "Optimization", "Profiling"];

    [Fact]
    public async Task ExamplesOfTheReadmesCompileAndRun()
    {
        var project = new TestProject(feed, "script", empty: true);
        project.Write("script.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                {string.Join('\n', Libraries.Select(name => $"""<PackageReference Include="FastDeepIoT.{name}" Version="{feed.Version}" />"""))}
              </ItemGroup>
            </Project>
            """);
        foreach (var library in Libraries) project.Write(library + ".cs", AsClass(library));
        project.Write("Program.cs", "Examples.TimeModel.Run();\nExamples.Onnx.Run();\nExamples.Optimization.Run();\nreturn typeof(Examples.Profiling).Name.Length == 0 ? 1 : 0;");
        project.Copy(RealModels.Digits, "model.onnx");
        project.Copy(Path.Combine(Repository.Root, "src", "FastDeepIoT.Tool", "Devices", "x64-avx512-1t.json"), "device.json");

        var run = (await project.Run("run")).Succeeded();

        Assert.Matches(@"64 channels: [0-9.]+ [num]s \(80% interval ", run.Output);
        Assert.Matches(@"\(DepthwiseConvolution2D\): [1-9]\d+ ns", run.Output);
        Assert.Matches(@"\d ms -> [0-9.]+ ms", run.Output);
        Assert.True(File.Exists(project.PathOf("faster.onnx")));
    }

    /// <summary>The C# of a README as a method, with its using directives before it.</summary>
    private static string AsClass(string library)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "FastDeepIoT." + library, "README.md"));
        var lines = CodeBlock().Match(readme).Groups[1].Value.Split('\n').ToLookup(line => line.StartsWith("using FastDeepIoT", StringComparison.Ordinal));
        Assert.NotEmpty(lines[true]);
        return $"{string.Join('\n', lines[true])}\nnamespace Examples;\ninternal static class {library}\n{{\ninternal static void Run()\n{{\n{string.Join('\n', lines[false])}\n}}\n}}\n";
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
