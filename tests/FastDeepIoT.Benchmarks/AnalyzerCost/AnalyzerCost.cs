using System.Globalization;
using System.Text.RegularExpressions;

namespace FastDeepIoT.Benchmarks;

/// <summary>How much longer a solution takes to compile with the analyzer: compiled with and without it in turn, by a warm compiler.</summary>
internal sealed class AnalyzerCost(Compiler compiler, GeneratedSolution solution, string folder)
{
    private const int Lines = 100_000;
    private const int Layers = 1_000;
    private const int WarmingRounds = 1;

    /// <summary>Compiles <paramref name="rounds"/> pairs with nothing else, or with the analyzers of the SDK as every project has them.</summary>
    internal static int Run(string device, bool withSdkAnalyzers, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("fastdeepiot-benchmark-");
        try
        {
            using var compiler = new Compiler();
            var cost = new AnalyzerCost(compiler, GeneratedSolution.Of(Lines, Layers), folder.FullName);
            cost.WriteSources();
            if (withSdkAnalyzers) cost.Compare("the compiler with the SDK's analyzers", Compiler.SdkAnalyzers(), device, rounds);
            else cost.Compare("the bare compiler", [], device, rounds);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Compare(string baseline, IEnumerable<string> options, string device, int rounds)
    {
        var own = (string[])["FastDeepIoT.Analyzers.dll", "FastDeepIoT.TimeModel.dll"];
        string[] analyzer =
        [
            .. own.Select(name => $"/analyzer:{Path.Combine(AppContext.BaseDirectory, name)}"),
            $"/additionalfile:{device}", $"/analyzerconfig:{WriteConfiguration(device)}",
        ];
        var without = WriteProjects("without", options);
        var with = WriteProjects("with", options.Concat(analyzer));
        for (var i = 0; i < WarmingRounds; i++) _ = (Compile(without), Compile(with));

        // Whoever comes second may find caches warm, so the order alternates.
        var pairs = new List<(Compilation Without, Compilation With)>();
        for (var i = 0; i < rounds; i++)
        {
            var first = Compile(i % 2 == 0 ? without : with);
            var second = Compile(i % 2 == 0 ? with : without);
            pairs.Add(i % 2 == 0 ? (first, second) : (second, first));
        }

        Print(baseline, pairs);
        PrintOwnTime(WriteProjects("told", [.. options, .. analyzer, "/reportanalyzer"]));
    }

    // The compiler's own account: processor time inside the rules, which other load on the machine hardly changes.
    private void PrintOwnTime(IEnumerable<string> projects)
    {
        foreach (var output in projects.Select(project => compiler.Compile(project).Output))
            foreach (var line in output.Split('\n').Where(line => line.Contains("FastDeepIoT", StringComparison.Ordinal) && !line.Contains("warning", StringComparison.Ordinal)))
                Console.WriteLine($"  {line.Trim()}");
    }

    private void Print(string baseline, List<(Compilation Without, Compilation With)> pairs)
    {
        var ratios = pairs.Select(pair => 100 * ((pair.With.Seconds / pair.Without.Seconds) - 1)).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"against {baseline}: {solution.Lines} lines, {Layers} layers, {pairs[0].With.Diagnostics} diagnostics, {pairs.Count} pairs"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  without {Median(pairs.Select(pair => pair.Without.Seconds)):0.000} s, with {Median(pairs.Select(pair => pair.With.Seconds)):0.000} s; "
            + $"median of the pairs {Median(ratios):+0.0;-0.0}%, from {ratios[0]:+0.0;-0.0}% to {ratios[^1]:+0.0;-0.0}%"));
    }

    private Compilation Compile(IReadOnlyList<string> projects)
    {
        var compiled = projects.Select(compiler.Compile).ToList();
        var time = compiled.Sum(one => one.Time.TotalSeconds);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(projects[0])}: {time:0.000} s"));
        return new Compilation(time, compiled.Sum(one => Regex.Count(one.Output, "warning FDI1[0-9]{3}")));
    }

    private void WriteSources()
    {
        foreach (var file in solution.Projects.SelectMany(project => project)) File.WriteAllText(Path.Combine(folder, file.Name), file.Text);
    }

    private string WriteConfiguration(string device)
    {
        var path = Path.Combine(folder, "device.globalconfig");
        File.WriteAllText(path, $"is_global = true\n[{device}]\nbuild_metadata.AdditionalFiles.FastDeepIoTDeviceModel = true\n");
        return path;
    }

    private string[] WriteProjects(string name, IEnumerable<string> options) =>
        [.. solution.Projects.Select((project, i) => WriteProject($"{name}{i}", project, options))];

    private string WriteProject(string name, IReadOnlyList<SourceFile> files, IEnumerable<string> options)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file is "TorchSharp.dll" or "netstandard.dll"));
        string[] lines =
        [
            "/target:library", "/nullable:enable", "/optimize+", "/deterministic+", "/debug:portable", $"/out:{Path.Combine(folder, name + ".dll")}",
            .. references.Select(path => $"/reference:{path}"), .. options, .. files.Select(file => Path.Combine(folder, file.Name)),
        ];
        var path = Path.Combine(folder, name + ".rsp");
        File.WriteAllLines(path, lines.Select(line => $"\"{line}\""));
        return path;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private sealed record Compilation(double Seconds, int Diagnostics);
}
