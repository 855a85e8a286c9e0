using System.Globalization;
using System.Text.RegularExpressions;

namespace FastDeepIoT.Benchmarks;

/// <summary>How much longer a solution takes to compile with the analyzer: compiled with and without it in turn, by a compiler server that is warm or a new compiler a project.</summary>
internal sealed class AnalyzerCost(Compiler compiler, bool warm, GeneratedSolution solution, string folder)
{
    private const int Lines = 100_000;
    private const int Layers = 1_000;
    private const int WarmingRounds = 1;

    /// <summary>Compiles <paramref name="rounds"/> pairs with nothing else, or with the analyzers of the SDK as every project has them.</summary>
    internal static int Run(string device, bool withSdkAnalyzers, bool warm, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("fastdeepiot-benchmark-");
        try
        {
            using var compiler = new Compiler();
            var cost = new AnalyzerCost(compiler, warm, GeneratedSolution.Of(Lines, Layers), folder.FullName);
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
            $"/additionalfile:{device}", $"/analyzerconfig:{WriteConfiguration(device)}", "/reportanalyzer",
        ];
        var without = WriteProjects("without", options);
        var with = WriteProjects("with", options.Concat(analyzer));
        for (var i = 0; warm && i < WarmingRounds; i++) _ = (Compile(without[0]), Compile(with[0]));

        // Whoever comes second may find caches warm, so the order alternates.
        var pairs = new List<(Compilation Without, Compilation With)>();
        for (var i = 0; i < rounds * without.Length; i++)
        {
            var project = i % without.Length;
            var withoutFirst = (i + i / without.Length) % 2 == 0;
            var first = Compile((withoutFirst ? without : with)[project]);
            var second = Compile((withoutFirst ? with : without)[project]);
            pairs.Add(withoutFirst ? (first, second) : (second, first));
        }

        Print(baseline, rounds, pairs);
        PrintOwnTime(rounds, pairs);
    }

    // The compiler's own account of the rules: it tells more than the difference of two compilations that each vary by a tenth.
    private static void PrintOwnTime(int rounds, List<(Compilation Without, Compilation With)> pairs)
    {
        var projects = pairs.Count / rounds;
        var own = Enumerable.Range(0, projects).Sum(project => Median(pairs.Where((_, i) => i % projects == project).Select(pair => pair.With.OwnSeconds)));
        var whole = Enumerable.Range(0, projects).Sum(project => Median(pairs.Where((_, i) => i % projects == project).Select(pair => pair.Without.ProcessorSeconds)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  in the rules, by the compiler's account: {own:0.000} s of {whole:0.000} s of processor time, {100 * own / whole:0.00}% (medians of each project added up); "
            + $"each time: {string.Join(" ", pairs.Select(pair => $"{pair.With.OwnSeconds:0.000}"))}"));
    }

    private void Print(string baseline, int rounds, List<(Compilation Without, Compilation With)> pairs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"against {baseline}: {solution.Lines} lines, {Layers} layers, {pairs.Sum(pair => pair.With.Diagnostics) / rounds} diagnostics, {rounds} times {pairs.Count / rounds} projects"));
        Print("time", rounds, pairs, one => one.Seconds);
        Print("processor time", rounds, pairs, one => one.ProcessorSeconds);
    }

    private static void Print(string what, int rounds, List<(Compilation Without, Compilation With)> pairs, Func<Compilation, double> seconds)
    {
        var ratios = pairs.Select(pair => 100 * ((seconds(pair.With) / seconds(pair.Without)) - 1)).Order().ToList();
        var (without, with) = (pairs.Sum(pair => seconds(pair.Without)) / rounds, pairs.Sum(pair => seconds(pair.With)) / rounds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what} of the solution: without {without:0.000} s, with {with:0.000} s, {100 * ((with / without) - 1):+0.0;-0.0}%; "
            + $"projects: median {ratios[ratios.Count / 2]:+0.0;-0.0}%, from {ratios[0]:+0.0;-0.0}% to {ratios[^1]:+0.0;-0.0}%"));
    }

    private Compilation Compile(string project)
    {
        var (time, processor, output) = compiler.Compile(project, warm);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(project)}: {time.TotalSeconds:0.000} s, processor {processor.TotalSeconds:0.000} s"));
        var own = Regex.Match(output, @"^\s*<?([0-9.]+)\s.*FastDeepIoT\.Analyzers, Version", RegexOptions.Multiline);
        return new Compilation(
            time.TotalSeconds, processor.TotalSeconds, own.Success ? double.Parse(own.Groups[1].Value, CultureInfo.InvariantCulture) : 0,
            Regex.Count(output, "warning FDI1[0-9]{3}"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

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

    private sealed record Compilation(double Seconds, double ProcessorSeconds, double OwnSeconds, int Diagnostics);
}
