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
    private const int RealOnes = 8; // one input in so many

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

    // As a command does it: read, optimize, deliver.
    internal static FuzzTarget Optimize(string folder)
    {
        var path = Prepare(folder);
        var optimizer = new ModelOptimizer(TestDevices.Steps(), FreeDimensions.None);
        return new FuzzTarget(random => ModelMutations.Change(Any(random), random).ToByteArray(), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Delivery.Write(optimizer.Optimize(path, "model.onnx", null, CancellationToken.None), path, Path.Combine(folder, "out.onnx"));
        })
        {
            AlwaysAllowedBytes = 512 << 20, // all that is allocated on the way, not what is held at once
        };
    }

    private static string Prepare(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "weights"), new byte[4096]);
        return Path.Combine(folder, "model.onnx");
    }

    private static ModelProto Any(Random random) => random.Next(RealOnes) == 0 && Real.Value.Length > 0
        ? Real.Value[random.Next(Real.Value.Length)]
        : Networks[random.Next(Networks.Length)];

    private static ModelProto[] FindReal()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "models") is var models && Directory.Exists(models))
                return [.. Directory.GetFiles(models, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .Where(file => new FileInfo(file).Length < LargestRealModel).Select(OnnxFile.ReadUnchecked)];
        return [];
    }
}
