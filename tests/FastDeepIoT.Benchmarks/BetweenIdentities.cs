using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// A model of the ONNX backend tests between products with identity matrices, one for every axis of every input and output of real numbers: it
/// computes the same, and none of its widths is visible outside. Inputs of other types become constants, as they are in real models.
/// </summary>
internal static class BetweenIdentities
{
    /// <summary>The model, or null when it has inputs or outputs that are no tensors, or numbers that are not finite.</summary>
    /// <param name="file">A <c>model.onnx</c> with its <c>test_data_set_0</c> beside it.</param>
    internal static ModelProto? Read(string file)
    {
        var model = OnnxFile.Read(file);
        var graph = model.Graph;
        var data = Path.Combine(Path.GetDirectoryName(file)!, "test_data_set_0");
        var (inputs, outputs) = (Recorded(data, "input", graph.Input.Count), Recorded(data, "output", graph.Output.Count));
        if (inputs.Concat(outputs).Any(tensor => tensor is null || !IsFinite(tensor)) || graph.Input.Concat(graph.Output).Any(value => value.Type?.TensorType is null)) return null;

        model.IrVersion = Math.Max(model.IrVersion, 4);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        for (var input = graph.Input.Count - 1; input >= 0; input--)
            if (IsReal(inputs[input]!)) Rename(nodes, graph.Input[input].Name, Multiply(graph, Declared(graph.Input[input], inputs[input]!).Name, inputs[input]!));
            else Freeze(graph, input, inputs[input]!);

        graph.Node.Add(nodes);
        for (var output = 0; output < graph.Output.Count; output++)
            if (IsReal(outputs[output]!)) graph.Output[output].Name = Multiply(graph, graph.Output[output].Name, outputs[output]!);
        return model;
    }

    private static List<TensorProto?> Recorded(string data, string what, int count) => [.. Enumerable.Range(0, count)
        .Select(index => Path.Combine(data, FormattableString.Invariant($"{what}_{index}.pb")))
        .Select(path => File.Exists(path) ? TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)) : null)];

    private static bool IsReal(TensorProto tensor) =>
        tensor.DataType == (int)DataType.Float && tensor.Dims.Count is > 0 and < 6 && tensor.Dims.All(size => size is > 0 and < 512);

    private static bool IsFinite(TensorProto tensor) => TensorValues.Numbers(tensor).All(double.IsFinite);

    private static ValueInfoProto Declared(ValueInfoProto value, TensorProto like)
    {
        value.Type.TensorType.Shape = new TensorShapeProto { Dim = { like.Dims.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } };
        return value;
    }

    private static void Freeze(GraphProto graph, int input, TensorProto value)
    {
        value.Name = graph.Input[input].Name;
        graph.Initializer.Add(value);
        graph.Input.RemoveAt(input);
    }

    private static void Rename(List<NodeProto> nodes, string name, string other)
    {
        foreach (var node in nodes)
            for (var input = 0; input < node.Input.Count; input++)
                if (node.Input[input] == name) node.Input[input] = other;
    }

    // One product an axis; the axis it leaves behind goes to the front, so that all of them are in order again at the end.
    private static string Multiply(GraphProto graph, string name, TensorProto like)
    {
        var (tensor, rank) = (name, like.Dims.Count);
        foreach (var axis in Enumerable.Range(0, rank).Reverse())
        {
            var (identity, product, turned) = ($"{name}_identity{axis}", $"{name}_product{axis}", $"{name}_turned{axis}");
            graph.Initializer.Add(Identity(identity, (int)like.Dims[axis]));
            graph.Node.Add(new NodeProto { OpType = "MatMul", Name = product, Input = { tensor, identity }, Output = { product } });
            var order = new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { rank - 1 } };
            order.Ints.Add(Enumerable.Range(0, rank - 1).Select(other => (long)other));
            graph.Node.Add(new NodeProto { OpType = "Transpose", Name = turned, Input = { product }, Output = { turned }, Attribute = { order } });
            tensor = turned;
        }

        return tensor;
    }

    private static TensorProto Identity(string name, int size)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float, Dims = { size, size } };
        tensor.FloatData.Add(Enumerable.Range(0, size * size).Select(at => at % size == at / size ? 1f : 0f));
        return tensor;
    }
}
