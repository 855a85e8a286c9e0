using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Tool.Tests;

/// <summary>Small ONNX models made on the spot.</summary>
internal static class TestModels
{
    /// <summary>A convolution, an activation and a second convolution of the given width over 16 x 16 images.</summary>
    internal static ModelProto Convolutions(int width, string? batch = null)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "convolutions" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        var graph = model.Graph;
        graph.Input.Add(Value("x", batch, 1, 3, 16, 16));
        graph.Output.Add(Value("y", batch, 1, width, 16, 16));
        graph.Initializer.Add(Weights("w1", width, 3, 3, 3));
        graph.Initializer.Add(Weights("w2", width, width, 3, 3));
        graph.Node.Add(Convolution("first", "x", "w1", "a"));
        graph.Node.Add(new NodeProto { Name = "relu", OpType = "Relu", Input = { "a" }, Output = { "b" } });
        graph.Node.Add(Convolution("second", "b", "w2", "y"));
        return model;
    }

    /// <summary>Convolutions <c>conv0</c>, <c>conv1</c>... with weights <c>w0</c>, <c>w1</c>..., each of a width, with activations between.</summary>
    internal static ModelProto Chain(params int[] widths)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "chain" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        var graph = model.Graph;
        graph.Input.Add(Value("x", null, 1, 3, 16, 16));
        var (tensor, channels) = ("x", 3);
        for (var i = 0; i < widths.Length; i++)
        {
            graph.Initializer.Add(Weights($"w{i}", widths[i], channels, 3, 3));
            graph.Node.Add(Convolution($"conv{i}", tensor, $"w{i}", $"c{i}"));
            graph.Node.Add(new NodeProto { Name = $"relu{i}", OpType = "Relu", Input = { $"c{i}" }, Output = { $"r{i}" } });
            (tensor, channels) = ($"r{i}", widths[i]);
        }

        graph.Output.Add(Value(tensor, null, 1, channels, 16, 16));
        return model;
    }

    /// <summary>As <see cref="Chain"/>, with a matrix at its end that is long enough to stay in the file until it is used.</summary>
    internal static ModelProto WithLongWeights(params int[] widths)
    {
        const int Outputs = 64;
        var model = Chain(widths);
        var graph = model.Graph;
        var matrix = Weights("matrix", widths[^1] * 16 * 16, Outputs);
        matrix.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(matrix.FloatData.ToArray().AsSpan()));
        matrix.FloatData.Clear();
        graph.Initializer.Add(matrix);
        graph.Node.Add(new NodeProto { Name = "flat", OpType = "Flatten", Input = { graph.Output[0].Name }, Output = { "f" } });
        graph.Node.Add(new NodeProto { Name = "product", OpType = "MatMul", Input = { "f", "matrix" }, Output = { "y" } });
        graph.Output[0] = Value("y", null, 1, Outputs);
        return model;
    }

    /// <summary>As <see cref="Convolutions"/>, with an operator in the middle that no device model of the tests covers.</summary>
    internal static ModelProto WithUnknownOperator(int width)
    {
        var model = Convolutions(width);
        model.Graph.Node[1].OpType = "Sinh";
        return model;
    }

    /// <summary>Two matrix products with an activation between, over any number of rows.</summary>
    internal static ModelProto Perceptron(string rows)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "perceptron" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        var graph = model.Graph;
        graph.Input.Add(Value("x", rows, 1, 24));
        graph.Output.Add(Value("y", rows, 1, 8));
        graph.Initializer.Add(Weights("w1", 24, 64));
        graph.Initializer.Add(Weights("w2", 64, 8));
        graph.Node.Add(new NodeProto { Name = "first", OpType = "MatMul", Input = { "x", "w1" }, Output = { "a" } });
        graph.Node.Add(new NodeProto { Name = "relu", OpType = "Relu", Input = { "a" }, Output = { "b" } });
        graph.Node.Add(new NodeProto { Name = "second", OpType = "MatMul", Input = { "b", "w2" }, Output = { "y" } });
        return model;
    }

    private static NodeProto Convolution(string name, string input, string weights, string output) => new()
    {
        Name = name,
        OpType = "Conv",
        Input = { input, weights },
        Output = { output },
        Attribute =
        {
            Integers("kernel_shape", 3, 3), Integers("pads", 1, 1, 1, 1),
        },
    };

    private static AttributeProto Integers(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    private static ValueInfoProto Value(string name, string? batch, params long[] sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(sizes.Select((size, axis) => axis == 0 && batch is not null
            ? new TensorShapeProto.Types.Dimension { DimParam = batch }
            : new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } },
        };
    }

    // Ordinary numbers: neither zero nor denormal.
    private static TensorProto Weights(string name, params long[] sizes)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Float, Dims = { sizes } };
        var count = sizes.Aggregate(1L, (product, size) => product * size);
        for (var i = 0; i < count; i++) tensor.FloatData.Add((float)Math.Sin(i + 1) / 16);
        return tensor;
    }
}
