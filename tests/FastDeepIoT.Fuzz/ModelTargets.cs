using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.Tool;
using FastDeepIoT.Tool.Tests;
using Google.Protobuf;

namespace FastDeepIoT.Fuzz;

/// <summary>Models: made here, and real ones where those lie beside the repository.</summary>
internal static class ModelTargets
{
    private const int LargestRealModel = 200_000;
    private const int RealOnes = 8, WithWeightsBesideOnes = 8; // one input in so many
    private const int WeightFileBytes = 4096;
    private const int MostConstants = 4; // models without weights, as tests of the format use them, compute hundreds of megabytes of them

    // What a model computes takes what it takes, however small its file is; so that it does not hide what else takes long, there is less than by default.
    private static readonly VerificationOptions Limits = new() { LongestRun = TimeSpan.FromSeconds(2), LongestComparison = TimeSpan.FromSeconds(5), MostBytes = 256e6 };

    private static readonly ModelProto[] Networks =
        [.. OpenNetworks.All.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Make()), .. FixedNetworks.All.Values.Select(network => network.Make())];

    private static readonly Lazy<ModelProto[]> Real = new(FindReal);

    // The bytes of a file, or a well-formed file that makes no sense; weights may lie in the same folder.
    internal static FuzzTarget Read(string folder)
    {
        var path = Prepare(folder);
        return new FuzzTarget(
            random => random.Next(2) == 0 ? Mutations.Bytes(Any(random).ToByteArray(), random) : ModelMutations.Change(Any(random), random).ToByteArray(),
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                var model = OnnxFile.Read(path);
                ExternalData.FilesOf(model, path);
                ExternalData.Embed(model, path);
                FreeDimensions.None.Fix(model);
            });
    }

    // As a build does it before the compiler starts, which no model may stop.
    internal static FuzzTarget Inputs(string folder)
    {
        var path = Prepare(folder);
        return new FuzzTarget(
            random => random.Next(2) == 0 ? Mutations.Bytes(InputsOnly(Any(random)).ToByteArray(), random) : ModelMutations.Change(Any(random), random).ToByteArray(),
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                InputScan.HasFreeDimensions(path);
            });
    }

    // As a command does it: read, optimize, deliver.
    internal static FuzzTarget Optimize(string folder)
    {
        var path = Prepare(folder);
        var optimizer = new ModelOptimizer(TestDevices.Steps(), FreeDimensions.None, Limits);
        return new FuzzTarget(random => ModelMutations.Change(Any(random), random).ToByteArray(), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Delivery.Write(optimizer.Optimize(path, "model.onnx", null, CancellationToken.None), path, Path.Combine(folder, "out.onnx"));
        })
        {
            IsNative = true,
            AlwaysAllowedBytes = 640L << 20, // of which running takes the larger part
        };
    }

    private static string Prepare(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "weights"), new byte[WeightFileBytes]);
        return Path.Combine(folder, "model.onnx");
    }

    private static ModelProto Any(Random random)
    {
        var model = random.Next(RealOnes) == 0 && Real.Value.Length > 0 ? Real.Value[random.Next(Real.Value.Length)] : Networks[random.Next(Networks.Length)];
        return random.Next(WithWeightsBesideOnes) == 0 ? WithWeightsBeside(model) : model;
    }

    // Of a whole model, hardly a change would meet what is looked at.
    private static ModelProto InputsOnly(ModelProto model) => new() { IrVersion = model.IrVersion, Graph = new GraphProto { Name = model.Graph.Name, Input = { model.Graph.Input } } };

    // Some of the weights in the file beside it, as large models have them.
    private static ModelProto WithWeightsBeside(ModelProto model)
    {
        var copy = model.Clone();
        var at = 0;
        foreach (var tensor in copy.Graph.Initializer.Where(tensor => tensor.RawData.Length > 0))
        {
            var length = tensor.RawData.Length;
            if (at + length > WeightFileBytes) break;
            tensor.ClearRawData();
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            foreach (var (key, value) in new[] { ("location", "weights"), ("offset", $"{at}"), ("length", $"{length}") })
                tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
            at += length;
        }

        return copy;
    }

    private static ModelProto[] FindReal()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "models") is var models && Directory.Exists(models))
                return [.. Directory.GetFiles(models, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .Where(file => new FileInfo(file).Length < LargestRealModel).Select(OnnxFile.ReadUnchecked)
                    .Where(model => model.Graph.Node.Count(node => node.OpType == "ConstantOfShape") <= MostConstants)];
        return [];
    }
}
