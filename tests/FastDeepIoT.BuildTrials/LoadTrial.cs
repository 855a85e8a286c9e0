using System.Diagnostics;
using System.Globalization;
using System.Text;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;

namespace FastDeepIoT.BuildTrials;

/// <summary>What large work takes: seconds, and the most memory of any process of it. Sizes are arguments, so that growth can be seen.</summary>
internal static class LoadTrial
{
    /// <summary>A solution of projects with models, all different, built from nothing and once more.</summary>
    internal static int Models(string folder, int projects, int models)
    {
        var feed = File.Exists(Path.Combine(folder, "version")) ? Feed.Open(folder) : Feed.Create(folder);
        var solution = new StringBuilder("<Solution>\n");
        for (var number = 0; number < projects; number++)
        {
            var project = new TrialProject(feed, $"load{projects}x{models}/p{number}", package: true);
            project.Create();
            for (var model = 0; model < models; model++) OnnxFile.Write(TrialModels.Make(number * models + model), project.ModelPath($"m{model:000}"));
            solution.Append(CultureInfo.InvariantCulture, $"  <Project Path=\"p{number}/p{number}.csproj\" />\n");
        }

        var root = Path.Combine(feed.Root, $"load{projects}x{models}");
        File.WriteAllText(Path.Combine(root, "load.slnx"), solution.Append("</Solution>\n").ToString());
        DotNet.Run(root, feed.Environment("off"), "restore", "load.slnx");
        string[] build = ["build", "load.slnx", "--no-restore", "-v", "quiet"];
        Print($"{projects * models} models in {projects} projects, first build", () => DotNet.Start(root, feed.Environment("off"), build));
        Print($"{projects * models} models in {projects} projects, nothing to do", () => DotNet.Start(root, feed.Environment("off"), build));
        return 0;
    }

    /// <summary>A chain of small convolutions and activations.</summary>
    internal static int Nodes(string folder, int nodes)
    {
        var builder = new ModelBuilder();
        var tensor = builder.Input(1, 3, 8, 8);
        var channels = 3L;
        for (var node = 0; node < nodes; node += 2)
        {
            var width = 5L + node / 2 % 4;
            tensor = builder.Node("Relu", [builder.Conv(tensor, channels, width, kernel: 1)]);
            channels = width;
        }

        var path = Save(folder, builder.Output(builder.Conv(tensor, channels, 4)), $"nodes{nodes}.onnx");
        Tool($"{nodes} nodes", folder, path);
        return 0;
    }

    /// <summary>Matrix products whose weights lie in another file.</summary>
    internal static int Weights(string folder, int megabytes)
    {
        const int width = 4096, bytes = width * width * sizeof(float);
        Directory.CreateDirectory(folder);
        var layers = (int)(megabytes * 1_000_000L / bytes);
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "weights" }, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        var name = $"weights{megabytes}.data";
        using (var data = File.Create(Path.Combine(folder, name)))
        {
            var random = new Random(1);
            var values = new float[width * width];
            for (var index = 0; index < values.Length; index++) values[index] = (random.NextSingle() - 0.5f) / 64;
            for (var layer = 0; layer < layers; layer++)
            {
                var tensor = new TensorProto { Name = $"w{layer}", DataType = 1, Dims = { width, width }, DataLocation = TensorProto.Types.DataLocation.External };
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = name });
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = data.Position.ToString(CultureInfo.InvariantCulture) });
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = bytes.ToString(CultureInfo.InvariantCulture) });
                data.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
                model.Graph.Initializer.Add(tensor);
                model.Graph.Node.Add(new NodeProto { Name = $"product{layer}", OpType = "MatMul", Input = { $"x{layer}", $"w{layer}" }, Output = { $"x{layer + 1}" } });
            }
        }

        ValueInfoProto Value(string tensor) => new()
        {
            Name = tensor,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimValue = 1 }, new TensorShapeProto.Types.Dimension { DimValue = width } } } } },
        };
        model.Graph.Input.Add(Value("x0"));
        model.Graph.Output.Add(Value($"x{layers}"));
        Tool($"{megabytes} MB of external weights", folder, Save(folder, model, $"weights{megabytes}.onnx"));
        return 0;
    }

    /// <summary>A built-in device model whose trees were made larger, predicting a small network.</summary>
    internal static int Device(string folder, int megabytes)
    {
        var small = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ToolPath)!, "devices", "x64-avx512-1t.json"));
        var path = Path.Combine(folder, $"device{megabytes}.json");
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, LargeDevice.Of(small, megabytes * 1_000_000));
        var model = Save(folder, TrialModels.Make(1), "small.onnx");
        Print($"device model of {new FileInfo(path).Length / 1e6:0.0} MB, predict", () => Start(folder, "predict", model, "--device", path));
        Print("built-in device model, predict", () => Start(folder, "predict", model, "--device", "x64-avx512-1t"));
        return 0;
    }

    private static string ToolPath => Path.Combine(Feed.RepositoryRoot, "src", "FastDeepIoT.Tool", "bin", "Release", "net10.0", "fastdeepiot.dll");

    private static void Tool(string what, string folder, string model)
    {
        Print($"{what}, predict", () => Start(folder, "predict", model, "--device", "x64-avx512-1t"));
        Print($"{what}, optimize", () => Start(folder, "optimize", model, "--device", "x64-avx512-1t", "--out", Path.Combine(folder, "out", "out.onnx")));
    }

    private static Process Start(string folder, params IEnumerable<string> arguments) =>
        DotNet.Start(folder, new Dictionary<string, string> { ["FASTDEEPIOT_CACHE"] = "off" }, ["exec", ToolPath, .. arguments]);

    private static string Save(string folder, ModelProto model, string name)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }

    private static void Print(string what, Func<Process> start)
    {
        var begin = Stopwatch.GetTimestamp();
        using var process = start();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var most = 0L;
        while (!process.WaitForExit(50)) most = Math.Max(most, MemoryOfTree.Peak(process.Id));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s, {most / 1e6:0} MB at most in one process, exit code {process.ExitCode}"));
        if (process.ExitCode != 0) Console.WriteLine(output.Result[^Math.Min(2000, output.Result.Length)..] + error.Result[^Math.Min(2000, error.Result.Length)..]);
    }
}
