using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>A network under construction, written node by node as its exporter would.</summary>
internal sealed partial class Net(Style style, Dice dice, int batch = 1)
{
    private readonly GraphProto _graph = new() { Name = style.IsTensorFlow ? "tf2onnx" : "main_graph" };
    private int _names;

    /// <summary>How the graph is written.</summary>
    internal Style Style => style;

    /// <summary>How many images or signals a run takes.</summary>
    internal int Batch => batch;

    /// <summary>An input of floats.</summary>
    internal Tensor Input(string name, params long[] shape) => Input(name, TensorProto.Types.DataType.Float, shape);

    /// <summary>An input of 64-bit integers.</summary>
    internal Tensor Indices(string name, params long[] shape) => Input(name, TensorProto.Types.DataType.Int64, shape);

    /// <summary>An image with its channels first; an exporter from a framework with channels last puts a Transpose behind the input.</summary>
    internal Tensor Image(long channels, long height, long width) => style.IsTensorFlow
        ? Transpose(Input("input_1", batch, height, width, channels), 0, 3, 1, 2)
        : Input("input", batch, channels, height, width);

    /// <summary>Makes a tensor an output of the network.</summary>
    internal void Output(Tensor tensor) => _graph.Output.Add(Describe(tensor.Name, TensorProto.Types.DataType.Float, tensor.Shape));

    /// <summary>The network as a model.</summary>
    internal ModelProto Model()
    {
        var model = new ModelProto
        {
            IrVersion = style.IrVersion,
            ProducerName = style.IsTensorFlow ? "tf2onnx" : "pytorch",
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = style.Opset });
        return model;
    }

    /// <summary>A node with one output.</summary>
    internal Tensor Node(string op, long[] shape, Tensor?[] inputs, params (string Name, object Value)[] attributes) =>
        Nodes(op, [shape], inputs, attributes)[0];

    /// <summary>A node with several outputs.</summary>
    internal Tensor[] Nodes(string op, long[][] shapes, Tensor?[] inputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = NextName(op) };
        node.Input.AddRange(inputs.Select(input => input?.Name ?? ""));
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        var outputs = shapes.Select((shape, i) => new Tensor(style.IsTensorFlow ? $"{node.Name}:{i}" : $"{node.Name}_output_{i}", shape)).ToArray();
        node.Output.AddRange(outputs.Select(output => output.Name));
        _graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Random weights with a standard deviation around a mean.</summary>
    internal Tensor Weights(double deviation, long[] shape, double mean = 0)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        var (scale, middle) = ((float)(2 * Math.Sqrt(3) * deviation), (float)mean);
        for (var i = 0; i < values.Length; i++) values[i] = middle + (dice.Next() - 0.5f) * scale;
        return Initializer(TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes<float>(values), shape);
    }

    /// <summary>A small constant of floats where torch writes a Constant node.</summary>
    internal Tensor Floats(float[] values, params long[] shape) => Constant(TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes<float>(values), shape);

    /// <summary>A single float.</summary>
    internal Tensor Scalar(double value) => Floats([(float)value]);

    /// <summary>A list of integers: a shape, axes, starts.</summary>
    internal Tensor Integers(params long[] values) => Constant(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes<long>(values), values.Length);

    private Tensor Constant(TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, params long[] shape)
    {
        if (style.IsTensorFlow) return Initializer(type, bytes, shape);

        var value = new TensorProto { DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        value.Dims.AddRange(shape);
        return Node("Constant", shape, [], ("value", value));
    }

    private Tensor Initializer(TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, params long[] shape)
    {
        var tensor = new TensorProto { Name = NextName(style.IsTensorFlow ? "const" : "weight"), DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return new Tensor(tensor.Name, shape);
    }

    private Tensor Input(string name, TensorProto.Types.DataType type, long[] shape)
    {
        _graph.Input.Add(Describe(name, type, shape));
        return new Tensor(name, shape);
    }

    private string NextName(string word) => style.IsTensorFlow ? $"functional_1/{word}__{_names++}" : $"/{word}_{_names++}";

    private static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, long[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } } };
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long or int: (attribute.Type, attribute.I) = (AttributeProto.Types.AttributeType.Int, Convert.ToInt64(value, null)); break;
            case double number: (attribute.Type, attribute.F) = (AttributeProto.Types.AttributeType.Float, (float)number); break;
            case string text: (attribute.Type, attribute.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(text)); break;
            case TensorProto tensor: (attribute.Type, attribute.T) = (AttributeProto.Types.AttributeType.Tensor, tensor); break;
            case long[] list: attribute.Type = AttributeProto.Types.AttributeType.Ints; attribute.Ints.AddRange(list); break;
            default: throw new ArgumentException($"An attribute cannot be a {value.GetType().Name}.", nameof(value));
        }

        return attribute;
    }
}
