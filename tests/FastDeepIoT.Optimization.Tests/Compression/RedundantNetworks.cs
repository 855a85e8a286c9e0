using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;

namespace FastDeepIoT.Optimization.Tests.Compression;

/// <summary>Small networks of 16 channels of which 8 say nothing new, one for each way to read channels.</summary>
internal static class RedundantNetworks
{
    internal const int Width = 16, Distinct = 8;

    internal static ModelProto Build(string reader)
    {
        var b = new ModelBuilder();
        var x = b.Input(-1, 3, 6, 6);
        var produced = b.Conv(x, 3, Width);
        var read = Read(b, reader, b.Node("Relu", [produced]));
        Repeat(b.Model, b.Model.Graph.Node.Single(node => node.Output.Contains(produced)));
        return b.Output(read);
    }

    internal static CalibrationData Samples(ModelProto model, string folder, int count = 200, int channels = 3) =>
        Read(model, folder, ("x", Values(count, channels)));

    /// <summary>Samples with labels, which mean nothing.</summary>
    internal static CalibrationData Labelled(ModelProto model, string folder, int count, int classes) => Read(model, folder, ("x", Values(count, 3)),
        ("y", NumpyWriter.Array("<i8", [.. Enumerable.Range(0, count).Select(sample => (long)(sample % classes))], count)));

    private static CalibrationData Read(ModelProto model, string folder, params (string Name, byte[] Array)[] arrays)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.npz");
        NumpyWriter.Archive(path, arrays);
        return CalibrationData.Read(path, model);
    }

    private static byte[] Values(int count, int channels)
    {
        var random = new Random(5);
        return NumpyWriter.Array("<f4", [.. Enumerable.Range(0, count * channels * 36).Select(_ => (float)(random.NextDouble() * 2 - 1))], count, channels, 6, 6);
    }

    private static string Read(ModelBuilder b, string reader, string x) => reader switch
    {
        "Conv" => b.Conv(x, Width, 5),
        "Strided" => b.Conv(x, Width, 5, stride: 2, bias: false),
        "Depthwise" => b.Conv(b.Node("Relu", [b.Conv(x, Width, Width, groups: Width)]), Width, 5, kernel: 1),
        "Gemm" => b.Gemm(b.Node("Flatten", [b.Node("GlobalAveragePool", [x])]), Width, 5),
        "Flatten" => b.Gemm(b.Node("Flatten", [x]), Width * 36, 5),
        "MatMul" => b.Node("MatMul", [b.Node("Flatten", [b.Node("GlobalAveragePool", [x])]), b.Weights(Width, 5)]),
        "LSTM" => Recurrent(b, x, "LSTM", 4),
        "GRU" => Recurrent(b, x, "GRU", 3),
        _ => throw new ArgumentException(reader, nameof(reader)),
    };

    private static string Recurrent(ModelBuilder b, string x, string type, int gates)
    {
        var steps = b.Node("Transpose", [b.Node("ReduceMean", [x], ("axes", new[] { 3L }), ("keepdims", 0L))], ("perm", new[] { 2L, 0L, 1L }));
        return b.Nodes(type, [steps, b.Weights(1, gates * 4, Width), b.Weights(1, gates * 4, 4), b.Weights(1, 2 * gates * 4)], 1, ("hidden_size", 4L))[0];
    }

    /// <summary>The same with channels that are not equal, of which the last eight are hardly there.</summary>
    internal static ModelProto Faint(string reader)
    {
        var b = new ModelBuilder();
        var produced = b.Conv(b.Input(-1, 3, 6, 6), 3, Width);
        var model = b.Output(Read(b, reader, b.Node("Relu", [produced])));
        foreach (var name in model.Graph.Node.Single(node => node.Output.Contains(produced)).Input.Skip(1))
            Change(model, name, (values, each) =>
            {
                for (var at = Distinct * each; at < values.Length; at++) values[at] *= 1e-4f;
            });
        return model;
    }

    // Every channel from the ninth on becomes a multiple of one before.
    private static void Repeat(ModelProto model, NodeProto conv)
    {
        foreach (var name in conv.Input.Skip(1))
            Change(model, name, (values, each) =>
            {
                for (var at = Distinct * each; at < values.Length; at++) values[at] = values[at - Distinct * each] * 2;
            });
    }

    private static void Change(ModelProto model, string name, Action<float[], int> change)
    {
        var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == name);
        var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        change(values, values.Length / Width);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
