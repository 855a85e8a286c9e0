using System.Diagnostics;
using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Time and memory of exact mode, verification aside, on chains of 100 to 10,000 nodes and on a model of 100 MB, against copying the file and
/// loading it in the runtime. Every figure is of a process of its own.
/// </summary>
internal sealed class Scale(string device, string folder)
{
    private static readonly int[] Nodes = [100, 1_000, 10_000];

    internal int Run()
    {
        Directory.CreateDirectory(folder);
        Console.WriteLine("| model | size | copy and load | rewrite | ratio | most memory when loading | when rewriting | times the model |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        Print("100 MB", Heavy);
        foreach (var nodes in Nodes) Print(FormattableString.Invariant($"chain of {nodes} nodes"), () => Chain(nodes));
        return 0;
    }

    /// <summary>Does one thing with a model and prints milliseconds and bytes of memory.</summary>
    internal static int One(string what, string device, string path)
    {
        var start = Stopwatch.GetTimestamp();
        if (what == "load") Load(path);
        else Rewrite(path, device);
        Console.WriteLine(FormattableString.Invariant($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} {Process.GetCurrentProcess().PeakWorkingSet64}"));
        return 0;
    }

    private static void Load(string path)
    {
        File.Copy(path, path + ".copy", overwrite: true);
        using var options = Runtime.Options(Microsoft.ML.OnnxRuntime.GraphOptimizationLevel.ORT_ENABLE_ALL, threads: 1);
        Runtime.Open(path + ".copy", options).Dispose();
        File.Delete(path + ".copy");
    }

    // What exact mode does, without comparing outputs.
    private static void Rewrite(string path, string device)
    {
        var model = OnnxFile.Read(path);
        var study = ExactStudy.Of(model, path, DeviceModelFile.Read(File.ReadAllText(device), device), new ExactOptions());
        var rewrite = new ExactRewrite(model, study, study.Choose(null, CancellationToken.None));
        var rewritten = rewrite.ModelWith(rewrite.Parts.ToHashSet());
        study.Confirms(rewritten);
        OnnxFile.Write(rewritten, path + ".exact");
        File.Delete(path + ".exact");
    }

    private void Print(string name, Func<ModelProto> make)
    {
        var path = Path.Combine(folder, name.Replace(' ', '-') + ".onnx");
        if (!File.Exists(path)) OnnxFile.Write(make(), path);
        var size = new FileInfo(path).Length;
        var (load, loadBytes) = Measure("load", path);
        var (rewrite, rewriteBytes) = Measure("rewrite", path);
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {size / 1e6:0.0} MB | {load:0} ms | {rewrite:0} ms | {rewrite / load:0.00} | {loadBytes / 1e6:0} MB | {rewriteBytes / 1e6:0} MB | {rewriteBytes / size:0.0} |"));
    }

    private (double Milliseconds, double Bytes) Measure(string what, string path)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Arguments(what, path)) { RedirectStandardOutput = true })!;
        var words = child.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        child.WaitForExit();
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private string[] Arguments(string what, string path) => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [typeof(Scale).Assembly.Location, "scale-one", what, device, path]
        : ["scale-one", what, device, path];

    private static ModelProto Chain(int nodes)
    {
        var (b, random) = (new ModelBuilder(), new Random(1));
        var (x, channels) = (b.Input(1, 3, 8, 8), 3L);
        for (var node = 0; node < nodes; node += 2)
        {
            long width = random.Next(9, 40);
            (x, channels) = (b.Node("Relu", [b.Conv(x, channels, width, kernel: 1)]), width);
        }

        return b.Output(x);
    }

    // Of what mobile networks are made of, 100 MB of it.
    private static ModelProto Heavy()
    {
        const int Width = 1249, Layers = 16;
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, Width);
        for (var layer = 0; layer < Layers; layer++)
        {
            x = b.Node("Relu", [b.Conv(x, Width, Width, groups: Width)]);
            x = b.Node("Relu", [b.Conv(x, Width, Width, kernel: 1)]);
        }

        return b.Output(b.Conv(x, Width, 8));
    }
}
