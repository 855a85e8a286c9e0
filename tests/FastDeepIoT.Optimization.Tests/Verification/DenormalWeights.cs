using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization.Tests.Verification;

/// <summary>Puts numbers into networks that processors compute with slowly.</summary>
internal static class DenormalWeights
{
    private const float Denormal = 1e-40f;

    /// <summary>Makes the first number of all matrices and kernels denormal; false when the graph has none.</summary>
    internal static bool Plant(ModelProto model)
    {
        var weights = model.Graph.Initializer.Where(tensor => tensor.DataType == (int)DataType.Float && tensor.HasRawData && tensor.Dims.Count > 1 && tensor.Dims[0] > 1 && tensor.RawData.Length > 0).ToList();
        foreach (var tensor in weights)
        {
            var bytes = tensor.RawData.ToByteArray();
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan())[0] = Denormal;
            tensor.RawData = ByteString.CopyFrom(bytes);
        }

        return weights.Count > 0;
    }
}
