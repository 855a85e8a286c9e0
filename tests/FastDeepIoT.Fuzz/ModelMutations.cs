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
        for (var change = random.Next(1, 4); change > 0; change--) ChangeOnce(AnyGraph(model.Graph, random), model, random);
        return model;
    }

    // The graph itself, or one in one of its nodes.
    private static GraphProto AnyGraph(GraphProto graph, Random random)
    {
        var inner = graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.G is not null).Select(attribute => attribute.G).ToList();
        return inner.Count > 0 && random.Next(2) == 0 ? AnyGraph(Pick(inner, random), random) : graph;
    }

    private static void ChangeOnce(GraphProto graph, ModelProto model, Random random)
    {
        switch (random.Next(11))
        {
            case 0 when graph.Node.Count > 0: ChangeNode(graph, Pick(graph.Node, random), random); break;
            case 1 when graph.Initializer.Count > 0: ChangeTensor(Pick(graph.Initializer, random), random); break;
            case 2 when graph.Input.Count > 0: ChangeShape(Pick(graph.Input, random), random); break;
            case 3 when graph.Output.Count > 0: ChangeShape(Pick(graph.Output, random), random); break;
            case 4 when graph.Node.Count > 0: graph.Node.RemoveAt(random.Next(graph.Node.Count)); break;
            case 5 when graph.Node.Count > 0: graph.Node.Insert(random.Next(graph.Node.Count), Pick(graph.Node, random).Clone()); break;
            case 6 when graph.Initializer.Count > 0: graph.Initializer.RemoveAt(random.Next(graph.Initializer.Count)); break;
            case 7: ChangeFrame(model, random); break;
            case 8 when graph.Node.Count > 0: Trick(graph, model, random); break;
            case 9 when graph.Initializer.Count > 0: ChangeValues(Pick(graph.Initializer, random), random); break;
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

    internal static void ChangeTensor(TensorProto tensor, Random random)
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

    // Well-formed weights with a few values that are not ordinary.
    private static void ChangeValues(TensorProto tensor, Random random)
    {
        if (tensor.DataType != (int)TensorProto.Types.DataType.Float || tensor.RawData.Length < sizeof(float)) return;

        var bytes = tensor.RawData.ToByteArray();
        for (var change = random.Next(1, 5); change > 0; change--)
            BitConverter.TryWriteBytes(bytes.AsSpan(random.Next(bytes.Length / sizeof(float)) * sizeof(float)), Pick(Reals, random));
        tensor.RawData = ByteString.CopyFrom(bytes);
    }

    // What is legal in parts, and what nobody expects of a whole.
    private static void Trick(GraphProto graph, ModelProto model, Random random)
    {
        switch (random.Next(10))
        {
            case 0: Branch(graph, random); break;
            case 1: Call(graph, model, random); break;
            case 2: model.ProducerName = "ORTM" + new string('x', random.Next(200)); break;
            case 3: Pick(graph.Node, random).Name = "\u001b[31m\n::error::<script>" + new string('n', random.Next(5000)); break;
            case 4: graph.SparseInitializer.Add(new SparseTensorProto { Values = AnyTensor(graph, random), Indices = AnyTensor(graph, random), Dims = { Pick(Numbers, random) } }); break;
            case 5: graph.Initializer.Add(AnyTensor(graph, random)); break;
            case 6: Lengthen(graph, random); break;
            case 7: Grow(graph, random); break;
            case 8: Pretend(graph, random); break;
            default: Pick(graph.Node, random).Domain = Pick(["com.microsoft", "ai.onnx.ml", "nobody", "ai.onnx"], random); break;
        }
    }

    private static TensorProto AnyTensor(GraphProto graph, Random random)
    {
        var tensor = graph.Initializer.Count == 0 ? new TensorProto { Name = "t", DataType = 1 } : Pick(graph.Initializer, random).Clone();
        if (random.Next(2) == 0) ChangeTensor(tensor, random);
        return tensor;
    }

    // A condition around a node that reads tensors of the graph outside.
    private static void Branch(GraphProto graph, Random random)
    {
        var at = random.Next(graph.Node.Count);
        var node = graph.Node[at].Clone();
        GraphProto Body(string name) => new() { Name = name, Node = { node.Clone() }, Output = { node.Output.Select(output => new ValueInfoProto { Name = output }) } };
        graph.Initializer.Add(new TensorProto { Name = "condition", DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 1 } });
        graph.Node[at] = new NodeProto { OpType = random.Next(4) == 0 ? "Loop" : "If", Name = "branch", Input = { "condition" }, Output = { node.Output } };
        foreach (var name in (string[])["then_branch", "else_branch"])
            graph.Node[at].Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = Body(name) });
    }

    // A node that is a function of the model, which may call itself.
    private static void Call(GraphProto graph, ModelProto model, Random random)
    {
        var at = random.Next(graph.Node.Count);
        var node = graph.Node[at];
        var function = new FunctionProto { Name = "f", Domain = "own", Node = { node.Clone() } };
        if (random.Next(2) == 0) (function.Node[0].OpType, function.Node[0].Domain) = ("f", "own");
        model.Functions.Add(function);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        (node.OpType, node.Domain) = ("f", "own");
    }

    private static void Lengthen(GraphProto graph, Random random)
    {
        var end = AnyName(graph, random);
        for (var link = random.Next(1, 300); link > 0; link--)
        {
            var next = $"link{link}";
            graph.Node.Add(new NodeProto { OpType = "Relu", Input = { end }, Output = { next } });
            end = next;
        }

        graph.Output.Add(new ValueInfoProto { Name = end });
    }

    // Small constants that ask for large tensors.
    private static void Grow(GraphProto graph, Random random)
    {
        graph.Initializer.Add(new TensorProto { Name = "large", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 2 }, Int64Data = { Pick(Numbers, random), 1L << random.Next(40) } });
        graph.Node.Insert(0, new NodeProto { OpType = Pick(["ConstantOfShape", "Expand", "Tile", "RandomNormal"], random), Input = { "large", "large" }, Output = { "grown" } });
        graph.Node.Add(new NodeProto { OpType = "ReduceSum", Input = { "grown" }, Output = { "sum" } });
        graph.Output.Add(new ValueInfoProto { Name = "sum" });
    }

    // Names that somebody may have chosen for his own use.
    private static void Pretend(GraphProto graph, Random random)
    {
        var node = Pick(graph.Node, random);
        if (random.Next(2) == 0) node.OpType = Pick(["Loop.Begin", "Scan.Begin", "If"], random);
        else if (node.Output.Count > 0) node.Output[0] = Pick(["\u0002position", "a\u0002body\u0002b", new string('n', 5000)], random);
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
