using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;

namespace FastDeepIoT.Fuzz;

/// <summary>The readers of calibration data: archives, arrays, tensors.</summary>
internal static class CalibrationTargets
{
    private const int Samples = 16;
    private static readonly ModelProto Model = MakeModel();

    // The archive around broken arrays is sound half of the time: a broken one is refused long before what is in it is looked at.
    internal static FuzzTarget Archive(string folder)
    {
        var path = Path.Combine(folder, "data.npz");
        var (good, labels) = (GoodArray(), NumpyWriter.Array("<i8", new long[Samples], Samples));
        var mean = NumpyWriter.Array("<f4", [0.5f, 0.25f], 2);
        return new FuzzTarget(random =>
        {
            var whole = random.Next(2) == 0;
            File.Delete(path);
            NumpyWriter.Archive(path, ("x", whole ? Mutations.Array(good, random) : good), ("y", whole ? Mutations.Array(labels, random) : labels),
                ("mean", whole && random.Next(3) == 0 ? Mutations.Array(mean, random) : mean));
            return whole ? File.ReadAllBytes(path) : Mutations.Bytes(File.ReadAllBytes(path), random);
        }, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Use(path);
        })
        {
            AlwaysAllowedBytes = 300 << 20,
        };
    }

    internal static FuzzTarget Array(string folder)
    {
        var path = Path.Combine(folder, "x.npy");
        var good = GoodArray();
        return new FuzzTarget(random => Mutations.Array(good, random), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Use(path);
        });
    }

    internal static FuzzTarget Tensor(string folder)
    {
        var path = Path.Combine(folder, "input_0.pb");
        var tensor = new TensorProto { DataType = (int)TensorProto.Types.DataType.Float, Dims = { Samples, 2 } };
        tensor.FloatData.Add(Enumerable.Range(0, 2 * Samples).Select(value => (float)value));
        var good = tensor.ToByteArray();
        return new FuzzTarget(random =>
        {
            if (random.Next(2) == 0) return Mutations.Bytes(good, random);
            var changed = tensor.Clone();
            ModelMutations.ChangeTensor(changed, random);
            return changed.ToByteArray();
        }, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Use(folder);
        });
    }

    private static byte[] GoodArray() => NumpyWriter.Array("<f4", Enumerable.Range(0, 2 * Samples).Select(value => (float)value).ToArray(), Samples, 2);

    // Reads them as compress mode does, and makes a batch of them.
    private static void Use(string path)
    {
        var data = CalibrationData.Read(path, Model);
        foreach (var batch in CalibrationSamples.All(data).Batches()) _ = batch.Count;
    }

    private static ModelProto MakeModel()
    {
        var builder = new ModelBuilder();
        return builder.Output(builder.Node("Relu", [builder.Input(-1, 2)]));
    }
}
