using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Tests.Building;

/// <summary>
/// Turns a model of the ONNX backend tests into one whose widths can change: recorded inputs become constants, so that every axis may
/// grow, and every axis of an output is multiplied away, so that none is visible outside.
/// </summary>
internal static class EnclosedOperator
{
    /// <summary>The enclosed model, or null when it has inputs or outputs that are no tensors.</summary>
    /// <param name="file">A <c>model.onnx</c> with its <c>test_data_set_0</c> beside it.</param>
    internal static ModelProto? Read(string file)
    {
        var model = OnnxFile.Read(file);
        var data = Path.Combine(Path.GetDirectoryName(file)!, "test_data_set_0");
        if (model.Graph.Output.Any(output => output.Type?.TensorType is null) || !Freeze(model.Graph, data)) return null;

        // Old files would have to declare constants as inputs, which is what they no longer are.
        model.IrVersion = Math.Max(model.IrVersion, 4);
        foreach (var output in model.Graph.Output.Where(output => output.Type.TensorType.ElemType == (int)TensorProto.Types.DataType.Float))
            output.Name = Contract(model.Graph, output);
        return model;
    }

    private static bool Freeze(GraphProto graph, string data)
    {
        for (var input = 0; input < graph.Input.Count; input++)
        {
            var recorded = Path.Combine(data, $"input_{input}.pb");
            if (graph.Input[input].Type?.TensorType is null || !File.Exists(recorded)) return false;

            var tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(recorded));
            tensor.Name = graph.Input[input].Name;
            graph.Initializer.Add(tensor);
        }

        graph.Input.Clear();
        return true;
    }

    // One matrix product an axis; the axis it leaves behind goes to the front.
    private static string Contract(GraphProto graph, ValueInfoProto output)
    {
        var sizes = output.Type.TensorType.Shape?.Dim.Select(dimension => dimension.DimValue).ToList() ?? [];
        if (sizes.Count == 0 || sizes.Any(size => size <= 0)) return output.Name;

        var name = output.Name;
        foreach (var axis in Enumerable.Range(0, sizes.Count).Reverse())
        {
            var (weights, product, turned) = ($"{output.Name}_weights{axis}", $"{output.Name}_product{axis}", $"{output.Name}_turned{axis}");
            graph.Initializer.Add(Weights(weights, sizes[axis], axis));
            graph.Node.Add(new NodeProto { OpType = "MatMul", Name = product, Input = { name, weights }, Output = { product } });
            var order = new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { sizes.Count - 1 } };
            order.Ints.Add(Enumerable.Range(0, sizes.Count - 1).Select(other => (long)other));
            graph.Node.Add(new NodeProto { OpType = "Transpose", Name = turned, Input = { product }, Output = { turned }, Attribute = { order } });
            name = turned;
        }

        output.Type.TensorType.Shape = null;
        return name;
    }

    private static TensorProto Weights(string name, long size, int seed)
    {
        var weights = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float, Dims = { size, 2 } };
        weights.FloatData.Add(Enumerable.Range(0, (int)size * 2).Select(i => (float)Math.Sin(i + seed + 1)));
        return weights;
    }
}
