using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>
/// A model in which every node the runtime will run has a name of its own. The runtime replaces some operators by several without names, and
/// its profile would then speak of nodes nobody can find again.
/// </summary>
internal static class NamedModel
{
    /// <summary>The model after the runtime's basic optimizations, which do the replacing, with names.</summary>
    internal static byte[] Of(ModelProto model)
    {
        var basic = OptimizedModel.WithWeights(model.ToByteArray(), GraphOptimizationLevel.ORT_ENABLE_BASIC, threads: 1);
        var names = basic.Graph.Node.Select(node => node.Name).Where(name => name.Length > 0).ToHashSet();
        foreach (var node in basic.Graph.Node.Where(node => node.Name.Length == 0))
        {
            node.Name = node.Output[0];
            while (!names.Add(node.Name)) node.Name += "'";
        }

        return basic.ToByteArray();
    }
}
