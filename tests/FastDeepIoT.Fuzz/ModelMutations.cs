using FastDeepIoT.Onnx.Format;
using Google.Protobuf;

namespace FastDeepIoT.Fuzz;

/// <summary>Breaks models that stay well-formed files: what a bad exporter, or somebody who means harm, would write.</summary>
internal static class ModelMutations
{
    private static readonly long[] Numbers = [0, 1, -1, 2, 3, 7, 1 << 20, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 4_294_967_297];
    private static readonly float[] Reals = [0, float.NaN, float.PositiveInfinity, 1e-40f, float.MaxValue, -1];
    private static readonly string[] Paths = ["../weights", "/etc/hostname", "", "weights", "a\0b", "nowhere/../../x"];

    /// <summary>A copy with one to three changes.</summary>
    internal static ModelProto Change(ModelProto original, Random random)
    {
        var model = original.Clone();
        for (var change = random.Next(1, 4); change > 0; change--) ChangeOnce(model.Graph, model, random);
        return model;
    }

    private static void ChangeOnce(GraphProto graph, ModelProto model, Random random)
    {
        switch (random.Next(9))
        {
            case 0 when graph.Node.Count > 0: ChangeNode(graph, Pick(graph.Node, random), random); break;
            case 1 when graph.Initializer.Count > 0: ChangeTensor(Pick(graph.Initializer, random), random); break;
            case 2 when graph.Input.Count > 0: ChangeShape(Pick(graph.Input, random), random); break;
            case 3 when graph.Output.Count > 0: ChangeShape(Pick(graph.Output, random), random); break;
            case 4 when graph.Node.Count > 0: graph.Node.RemoveAt(random.Next(graph.Node.Count)); break;
            case 5 when graph.Node.Count > 0: graph.Node.Insert(random.Next(graph.Node.Count), Pick(graph.Node, random).Clone()); break;
            case 6 when graph.Initializer.Count > 0: graph.Initializer.RemoveAt(random.Next(graph.Initializer.Count)); break;
            case 7: ChangeFrame(model, random); break;
            default: if (graph.Node.Count > 0) Nest(graph, random); break;
        }
    }

    private static void ChangeNode(GraphProto graph, NodeProto node, Random random)
    {
        switch (random.Next(5))
        {
            case 0 when node.Input.Count > 0: node.Input[random.Next(node.Input.Count)] = AnyName(graph, random); break;
            case 1 when node.Output.Count > 0: node.Output[random.Next(node.Output.Count)] = AnyName(graph, random); break;
            case 2: node.OpType = Pick(graph.Node, random).OpType; break;
            case 3 when node.Attribute.Count > 0: ChangeAttribute(Pick(node.Attribute, random), random); break;
            default: node.Input.Clear(); break;
        }
    }

    private static void ChangeAttribute(AttributeProto attribute, Random random)
    {
        if (attribute.Ints.Count > 0 && random.Next(3) > 0) attribute.Ints[random.Next(attribute.Ints.Count)] = Pick(Numbers, random);
        else if (attribute.HasI) attribute.I = Pick(Numbers, random);
        else if (attribute.HasF) attribute.F = Pick(Reals, random);
        else attribute.Ints.Add(Pick(Numbers, random));
    }

    private static void ChangeTensor(TensorProto tensor, Random random)
    {
        switch (random.Next(6))
        {
            case 0 when tensor.Dims.Count > 0: tensor.Dims[random.Next(tensor.Dims.Count)] = Pick(Numbers, random); break;
            case 1: tensor.DataType = random.Next(-1, 25); break;
            case 2: tensor.RawData = ByteString.CopyFrom(Mutations.Bytes([.. tensor.RawData, 0], random)); break;
            case 3: tensor.Dims.Add(Pick(Numbers, random)); break;
            case 4: tensor.FloatData.Add(Pick(Reals, random)); break;
            default: MoveOutside(tensor, random); break;
        }
    }

    private static void MoveOutside(TensorProto tensor, Random random)
    {
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ClearRawData();
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = Pick(Paths, random) });
        foreach (var key in (string[])["offset", "length"])
            if (random.Next(2) == 0) tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = $"{Pick(Numbers, random)}" });
    }

    private static void ChangeShape(ValueInfoProto value, Random random)
    {
        if (value.Type?.TensorType is not { } type || random.Next(5) == 0) value.Type = null;
        else if (type.Shape is not { Dim.Count: > 0 } shape || random.Next(4) == 0) type.ElemType = random.Next(-1, 25);
        else Pick(shape.Dim, random).DimValue = Pick(Numbers, random);
    }

    private static void ChangeFrame(ModelProto model, Random random)
    {
        switch (random.Next(4))
        {
            case 0 when model.OpsetImport.Count > 0: model.OpsetImport[0].Version = Pick(Numbers, random); break;
            case 1: model.IrVersion = Pick(Numbers, random); break;
            case 2: model.Graph.Output.Clear(); break;
            default: model.Graph.Input.Add(model.Graph.Input); break;
        }
    }

    // A graph within a node of itself, three deep.
    private static void Nest(GraphProto graph, Random random)
    {
        var inner = graph.Clone();
        for (var depth = 0; depth < 3; depth++)
        {
            var outer = graph.Clone();
            Pick(outer.Node, random).Attribute.Add(new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph, G = inner });
            inner = outer;
        }

        graph.MergeFrom(new GraphProto { Node = { inner.Node[^1] } });
    }

    private static string AnyName(GraphProto graph, Random random) =>
        random.Next(4) == 0 ? "nobody" : Pick<string>([.. graph.Node.SelectMany(node => node.Input.Concat(node.Output)), ""], random);

    private static T Pick<T>(IList<T> from, Random random) => from[random.Next(from.Count)];
}
