using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.AttributeProto.Types;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Profiling.Probes;

/// <summary>A tensor of a probe network under construction; shape in elements, outermost axis first.</summary>
internal sealed record ProbeTensor(string Name, IReadOnlyList<long> Shape)
{
    internal long Channels => Shape[1];

    internal long Elements => Shape.Aggregate(1L, (product, size) => product * size);
}

/// <summary>
/// Builds an ONNX graph node by node. Nodes are named after what they write, weights are random and of ordinary size, and every tensor
/// nobody reads in the end becomes an output, so that the runtime cannot drop it.
/// </summary>
internal sealed class ProbeBuilder(ProbeRandom random)
{
    private const int OperatorSet = 17;
    private const int IrVersion = 8;
    private readonly GraphProto _graph = new() { Name = "probe" };
    private readonly HashSet<string> _read = [];
    private readonly List<string> _written = [];

    /// <summary>Where the choices come from.</summary>
    internal ProbeRandom Random => random;

    /// <summary>Nodes so far.</summary>
    internal int Nodes => _graph.Node.Count;

    /// <summary>Multiply-accumulates so far.</summary>
    internal double Macs { get; private set; }

    /// <summary>A float input of the network.</summary>
    internal ProbeTensor Input(params long[] shape)
    {
        var tensor = new ProbeTensor($"x{_graph.Input.Count}", shape);
        _graph.Input.Add(Describe(tensor));
        return tensor;
    }

    /// <summary>A random weight tensor whose products with ordinary inputs stay of ordinary size.</summary>
    internal string Weights(long fanIn, params long[] shape) => Floats(random.Normal(shape, 1 / Math.Sqrt(Math.Max(1, fanIn))), shape);

    /// <summary>Random kernels whose weights add up to nothing, for inputs half of which an activation has cut off; outputs are the first axis.</summary>
    internal string Kernels(long fanIn, params long[] shape)
    {
        var weights = random.Normal(shape, 1 / Math.Sqrt(Math.Max(1, fanIn / 2)));
        if (fanIn > 1)
            for (var kernel = 0; kernel < weights.Length; kernel += (int)fanIn)
                Center(weights.AsSpan(kernel, (int)fanIn));
        return Floats(weights, shape);
    }

    /// <summary>A vector of one value.</summary>
    internal string Fill(float value, params long[] shape)
    {
        var name = $"w{_graph.Initializer.Count}";
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.Add(shape);
        tensor.FloatData.Add(Enumerable.Repeat(value, (int)shape.Aggregate(1L, (product, size) => product * size)));
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>A constant vector of integers.</summary>
    internal string Integers(params long[] values) => Integers(DataType.Int64, values, [values.Length]);

    /// <summary>A constant vector of one integer of 64 or of 32 bits.</summary>
    internal string IntegerOf(DataType type, long value) => Integers(type, [value], [1]);

    /// <summary>A constant integer, without an axis.</summary>
    internal string Integer(long value) => Integers(DataType.Int64, [value], []);

    /// <summary>Adds a node with one output of the given shape.</summary>
    internal ProbeTensor Node(string type, IReadOnlyList<string> inputs, long[] shape, params (string Name, object Value)[] attributes) =>
        NodeOf(type, inputs, [shape], attributes)[0];

    /// <summary>Adds a node that reads one tensor and keeps its shape.</summary>
    internal ProbeTensor Unary(string type, ProbeTensor input, params (string Name, object Value)[] attributes) =>
        Node(type, [input.Name], [.. input.Shape], attributes);

    /// <summary>Adds a node with several outputs.</summary>
    internal IReadOnlyList<ProbeTensor> NodeOf(
        string type, IReadOnlyList<string> inputs, IReadOnlyList<long[]> shapes, params (string Name, object Value)[] attributes)
    {
        var outputs = shapes.Select((shape, i) => new ProbeTensor(shape.Length == 0 ? "" : $"t{_graph.Node.Count}_{i}", shape)).ToList();
        var node = new NodeProto { OpType = type, Name = outputs[0].Name };
        node.Input.Add(inputs);
        node.Output.Add(outputs.Select(output => output.Name));
        node.Attribute.Add(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        _graph.Node.Add(node);
        _read.UnionWith(inputs);
        _written.AddRange(outputs.Select(output => output.Name).Where(name => name.Length > 0));
        return outputs;
    }

    /// <summary>Counts work, so that a probe stops growing in time.</summary>
    internal void Count(double macs) => Macs += macs;

    /// <summary>The finished model; tensors nobody reads are its outputs.</summary>
    /// <param name="fixedWeights">False declares the weights as inputs too, as older exporters did: then a runtime may not rely on them.</param>
    internal ModelProto Build(bool fixedWeights = true)
    {
        if (!fixedWeights)
            _graph.Input.Add(_graph.Initializer.Where(weights => weights.DataType == (int)DataType.Float)
                .Select(weights => Describe(new ProbeTensor(weights.Name, weights.Dims))));
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "fastdeepiot", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        _graph.Output.Add(_written.Where(name => !_read.Contains(name)).Select(name => new ValueInfoProto { Name = name }));
        return model;
    }

    private static void Center(Span<float> values) => TensorPrimitives.Subtract(values, TensorPrimitives.Sum<float>(values) / values.Length, values);

    private string Integers(DataType type, long[] values, long[] shape)
    {
        var tensor = new TensorProto { Name = $"w{_graph.Initializer.Count}", DataType = (int)type };
        tensor.Dims.Add(shape);
        if (type == DataType.Int64) tensor.Int64Data.Add(values);
        else tensor.Int32Data.Add(values.Select(value => (int)value));
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Floats(float[] values, long[] shape)
    {
        var bytes = UnsafeByteOperations.UnsafeWrap(MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        var tensor = new TensorProto { Name = $"w{_graph.Initializer.Count}", DataType = (int)DataType.Float, RawData = bytes };
        tensor.Dims.Add(shape);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long integer: (attribute.I, attribute.Type) = (integer, AttributeType.Int); break;
            case float number: (attribute.F, attribute.Type) = (number, AttributeType.Float); break;
            case string text: (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text), AttributeType.String); break;
            case long[] integers:
                attribute.Ints.Add(integers);
                attribute.Type = AttributeType.Ints;
                break;
            default: throw new ArgumentException($"no attribute of type {value.GetType()}", nameof(value));
        }

        return attribute;
    }

    private static ValueInfoProto Describe(ProbeTensor tensor)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(tensor.Shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = tensor.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } },
        };
    }
}
