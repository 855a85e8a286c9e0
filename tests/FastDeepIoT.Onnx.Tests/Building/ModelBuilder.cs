using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Tests.Building;

/// <summary>Builds small ONNX models with seeded weights. Methods return the name of the tensor they make.</summary>
internal sealed class ModelBuilder
{
    private readonly Random _random = new(7);
    private int _names;

    private readonly string _prefix;

    /// <summary>An empty model; names start with a prefix, so that the graph of one can become a subgraph of another.</summary>
    internal ModelBuilder(long opset = 17, long irVersion = 8, string prefix = "")
    {
        _prefix = prefix;
        Model = new ModelProto { IrVersion = irVersion, ProducerName = "test", Graph = new GraphProto { Name = "graph" } };
        Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
    }

    internal ModelProto Model { get; }

    /// <summary>A graph input; -1 leaves a dimension open.</summary>
    internal string Input(params long[] shape) => Declare(Model.Graph.Input, Name("input"), DataType.Float, shape);

    /// <summary>Makes a tensor a graph output; its shape is left to the runtime.</summary>
    internal ModelProto Output(params string[] tensors)
    {
        foreach (var tensor in tensors)
            Model.Graph.Output.Add(new ValueInfoProto { Name = tensor, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } } });
        return Model;
    }

    /// <summary>Weights between -1 and 1, scaled down by how many are summed; an initializer.</summary>
    internal string Weights(params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var scale = 1 / Math.Sqrt(Math.Max(1, count / Math.Max(1, shape[0])));
        var values = Enumerable.Range(0, (int)count).Select(_ => (float)((_random.NextDouble() * 2 - 1) * scale)).ToArray();
        return Initializer(Floats(values, shape));
    }

    /// <summary>Numbers from 0.5 to 1.5.</summary>
    internal string Positive(params long[] shape)
    {
        var values = Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => (float)(_random.NextDouble() + 0.5)).ToArray();
        return Initializer(Floats(values, shape));
    }

    internal string Scalar(float value) => Initializer(Floats([value], []));

    internal string Floats(params float[] values) => Initializer(Floats(values, [values.Length]));

    internal string Integers(params long[] values) => Initializer(new TensorProto
    {
        Name = Name("integers"),
        DataType = (int)DataType.Int64,
        Dims = { values.Length },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
    });

    /// <summary>Moves an initializer into a Constant node, after the nodes so far or before all.</summary>
    internal string AsConstantNode(string initializer, bool first = false)
    {
        var tensor = Model.Graph.Initializer.Single(tensor => tensor.Name == initializer);
        Model.Graph.Initializer.Remove(tensor);
        Model.Graph.Node.Insert(first ? 0 : Model.Graph.Node.Count, new NodeProto
        {
            OpType = "Constant",
            Name = Name("constant"),
            Output = { initializer },
            Attribute = { new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor } },
        });
        return initializer;
    }

    /// <summary>Declares all initializers as inputs too, as old files do.</summary>
    internal void DeclareInitializers()
    {
        foreach (var tensor in Model.Graph.Initializer) Declare(Model.Graph.Input, tensor.Name, (DataType)tensor.DataType, [.. tensor.Dims]);
    }

    /// <summary>A node with one output.</summary>
    internal string Node(string type, IEnumerable<string> inputs, params (string Name, object Value)[] attributes) => Nodes(type, inputs, 1, attributes)[0];

    /// <summary>A node with several outputs.</summary>
    internal IReadOnlyList<string> Nodes(string type, IEnumerable<string> inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        var name = Name(type);
        var node = new NodeProto { OpType = type, Name = name };
        node.Input.Add(inputs);
        node.Output.Add(Enumerable.Range(0, outputs).Select(output => $"{name}_{output}"));
        node.Attribute.Add(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        Model.Graph.Node.Add(node);
        return node.Output;
    }

    /// <summary>A convolution with a square kernel that keeps the size of the image, and a bias.</summary>
    internal string Conv(string input, long inputs, long outputs, long kernel = 3, long groups = 1, long stride = 1, bool bias = true)
    {
        string[] weights = [input, Weights(outputs, inputs / groups, kernel, kernel)];
        return Node("Conv", bias ? [.. weights, Weights(outputs)] : weights, ("group", groups), ("strides", new[] { stride, stride }),
            ("pads", new[] { kernel / 2, kernel / 2, kernel / 2, kernel / 2 }));
    }

    internal string BatchNormalization(string input, long channels) =>
        Node("BatchNormalization", [input, Weights(channels), Weights(channels), Weights(channels), Positive(channels)]);

    internal string Gemm(string input, long inputs, long outputs) => Node("Gemm", [input, Weights(outputs, inputs), Weights(outputs)], ("transB", 1L));

    /// <summary>A scalar input of another type than real numbers.</summary>
    internal string ScalarInput(DataType type) => Declare(Model.Graph.Input, Name("input"), type, []);

    /// <summary>The graph with some tensors as outputs, to be a subgraph.</summary>
    internal GraphProto Subgraph(params string[] outputs)
    {
        Output(outputs);
        return Model.Graph;
    }

    private string Name(string kind) => $"{_prefix}{kind}{_names++}";

    private string Initializer(TensorProto tensor)
    {
        Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private TensorProto Floats(float[] values, long[] shape) => new()
    {
        Name = Name("weights"),
        DataType = (int)DataType.Float,
        Dims = { shape },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
    };

    private static string Declare(ICollection<ValueInfoProto> list, string name, DataType type, long[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.Add(shape.Select((size, axis) => size < 0
            ? new TensorShapeProto.Types.Dimension { DimParam = $"{name}_{axis}" }
            : new TensorShapeProto.Types.Dimension { DimValue = size }));
        list.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } } });
        return name;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long number:
                (attribute.I, attribute.Type) = (number, AttributeProto.Types.AttributeType.Int);
                break;
            case float number:
                (attribute.F, attribute.Type) = (number, AttributeProto.Types.AttributeType.Float);
                break;
            case string text:
                (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text), AttributeProto.Types.AttributeType.String);
                break;
            case long[] numbers:
                attribute.Ints.Add(numbers);
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                break;
            case float[] numbers:
                attribute.Floats.Add(numbers);
                attribute.Type = AttributeProto.Types.AttributeType.Floats;
                break;
            case TensorProto tensor:
                (attribute.T, attribute.Type) = (tensor, AttributeProto.Types.AttributeType.Tensor);
                break;
            case GraphProto graph:
                (attribute.G, attribute.Type) = (graph, AttributeProto.Types.AttributeType.Graph);
                break;
            default:
                throw new ArgumentException($"no attribute holds a {value.GetType()}", nameof(value));
        }

        return attribute;
    }
}
