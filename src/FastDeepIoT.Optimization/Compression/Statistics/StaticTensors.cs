using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>The tensors of a model that do not depend on its inputs: what Constant nodes give, and what is computed from nothing else.</summary>
internal static class StaticTensors
{
    internal static HashSet<string> Of(ModelProto model)
    {
        var tensors = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        foreach (var node in model.Graph.Node)
            if (SubModel.Reads(node).Where(name => name.Length > 0).All(tensors.Contains)) tensors.UnionWith(node.Output);
        return tensors;
    }
}
