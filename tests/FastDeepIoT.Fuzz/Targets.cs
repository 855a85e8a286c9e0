using System.Text;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel.Files;
using FastDeepIoT.Tool;
using FastDeepIoT.Tool.Tests;
using Google.Protobuf;

namespace FastDeepIoT.Fuzz;

/// <summary>Every reader, and the whole way from a model to a better one. Each is made for a folder it may write into.</summary>
internal static class Targets
{
    internal static IReadOnlyDictionary<string, Func<string, FuzzTarget>> All { get; } = new Dictionary<string, Func<string, FuzzTarget>>
    {
        ["onnx"] = Onnx,
        ["device"] = _ => Texts(DeviceModelFile.Write(TestDevices.Steps()), text => DeviceModelFile.Read(text)),
        ["samples"] = Samples,
        ["baseline"] = folder => Files(folder, Baseline, file => LatencyBaseline.Read(file)),
        ["request"] = folder => Files(folder, Request, file => BuildRequest.Read(file)),
        ["optimize"] = Optimize,
    };

    private const string Baseline = """
        {
          "schema": "fastdeepiot.latency-baseline/1",
          "models": [
            {"path": "models/a.onnx", "device": "x64-avx512-1t", "predictedMs": 0.1},
            {"path": "models/b.onnx", "device": "x64-avx512-1t", "predictedMs": 0.2}
          ]
        }
        """;

    private const string Request = "protocol=1\nproject=/x/app.csproj\ncache=off\nmodel=/x/a.onnx\nname=a.onnx\noutput=/x/o/a.onnx\n"
        + "report=/x/o/a.json\nmode=exact\ndevice=x\ndim=batch=1\ndim=seq=128\n";

    private static IReadOnlyList<ModelProto> Networks { get; } =
        [.. OpenNetworks.All.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Make()), .. FixedNetworks.All.Values.Select(network => network.Make())];

    // The bytes of a file, or a well-formed file that makes no sense; weights may lie in the same folder.
    private static FuzzTarget Onnx(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "weights"), new byte[4096]);
        var path = Path.Combine(folder, "model.onnx");
        return new FuzzTarget(
            random => random.Next(2) == 0
                ? Mutations.Bytes(Any(random).ToByteArray(), random)
                : ModelMutations.Change(Any(random), random).ToByteArray(),
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                var model = OnnxFile.Read(path);
                ExternalData.FilesOf(model, path);
                ExternalData.Embed(model, path);
                FreeDimensions.None.Fix(model);
            });
    }

    private static FuzzTarget Optimize(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "weights"), new byte[4096]);
        var (path, device) = (Path.Combine(folder, "model.onnx"), TestDevices.Steps());
        return new FuzzTarget(random => ModelMutations.Change(Any(random), random).ToByteArray(), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            ExactOptimizer.Optimize(OnnxFile.Read(path), path, device);
        });
    }

    private static FuzzTarget Samples(string folder)
    {
        var path = Path.Combine(folder, "good.csv");
        SampleFile.Write(path, TestSamples.Steps());
        return Files(folder, File.ReadAllText(path), file => SampleFile.Read(file));
    }

    private static FuzzTarget Texts(string good, Action<string> read) =>
        new(random => Mutations.Text(good, random), bytes => read(Encoding.UTF8.GetString(bytes)));

    private static FuzzTarget Files(string folder, string good, Action<string> read)
    {
        var path = Path.Combine(folder, "input");
        return new FuzzTarget(
            random => random.Next(4) == 0 ? Mutations.Bytes(Encoding.UTF8.GetBytes(good), random) : Mutations.Text(good, random),
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                read(path);
            });
    }

    private static ModelProto Any(Random random) => Networks[random.Next(Networks.Count)];
}
