using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization.Tests.Verification;

/// <summary>Puts channels into networks that folding takes out.</summary>
internal static class RedundantChannels
{
    private const int One = 1, Other = 3;

    /// <summary>In all weights along every open width, one channel becomes what another one is.</summary>
    internal static ModelProto Equal(ModelProto model) => Changed(model, (values, tensor, axis) =>
    {
        var old = values.ToArray();
        ForEach(tensor, axis, Other, (at, slice) => values[at] = old[at + (One - Other) * slice]);
    });

    /// <summary>Of what makes an open width, two channels get no weights but their bias: they are constant.</summary>
    internal static ModelProto Constant(ModelProto model) => Changed(model, (values, tensor, axis) =>
    {
        if (axis != 0 || tensor.Dims.Count < 2) return;

        ForEach(tensor, axis, One, (at, _) => values[at] = 0);
        ForEach(tensor, axis, Other, (at, _) => values[at] = 0);
    });

    private static ModelProto Changed(ModelProto model, Action<float[], TensorProto, int> change)
    {
        var (copy, groups) = (model.Clone(), WidthGroups.Of(model));
        var open = groups.Open.Where(group => group.Size > Other).Select(group => group.Width).ToList();
        foreach (var tensor in copy.Graph.Initializer.Where(tensor => tensor.DataType == (int)DataType.Float && tensor.HasRawData))
        {
            var axes = groups.AxesOf(tensor.Name) ?? [];
            var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
            for (var axis = 0; axis < axes.Count; axis++)
                if (open.Any(width => axes[axis] == width)) change(values, tensor, axis);
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return copy;
    }

    // The elements of a channel, and how far apart its neighbours are.
    private static void ForEach(TensorProto tensor, int axis, int channel, Action<int, int> change)
    {
        var (slice, size) = ((int)tensor.Dims.Skip(axis + 1).Aggregate(1L, (product, next) => product * next), (int)tensor.Dims[axis]);
        var elements = (int)tensor.Dims.Aggregate(1L, (product, next) => product * next);
        for (var at = 0; at < elements; at++)
            if (at / slice % size == channel) change(at, slice);
    }
}
