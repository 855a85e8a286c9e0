using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>Multiplies matrices of single precision with the runtime, which does so many times faster than managed code.</summary>
internal sealed class RuntimeProduct : IDisposable
{
    private readonly SessionOptions _options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, Environment.ProcessorCount);
    private readonly InferenceSession _left;
    private readonly InferenceSession _right;

    internal RuntimeProduct()
    {
        _left = Runtime.Open(Model("transA").ToByteArray(), _options, null);
        _right = Runtime.Open(Model("transB").ToByteArray(), _options, null);
    }

    /// <summary>Adds the product of a transposed with b, rows being summed over, to a matrix of columns of a by columns of b.</summary>
    internal void AddTransposed(float[] a, int columnsOfA, float[] b, int columnsOfB, int rows, double[] sum)
    {
        if (rows == 0) return;

        var values = Run(_left, a, [rows, columnsOfA], b, [rows, columnsOfB]);
        for (var index = 0; index < values.Length; index++) sum[index] += values[index];
    }

    /// <summary>The product of a, rows by features, with b transposed, outputs by features.</summary>
    internal float[] TimesTransposed(float[] a, int rows, float[] b, int outputs, int features) =>
        rows == 0 ? [] : Run(_right, a, [rows, features], b, [outputs, features]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _options.Dispose();
    }

    private static float[] Run(InferenceSession session, float[] a, long[] shapeOfA, float[] b, long[] shapeOfB)
    {
        using var left = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, a.AsMemory(0, (int)(shapeOfA[0] * shapeOfA[1])), shapeOfA);
        using var right = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, b.AsMemory(0, (int)(shapeOfB[0] * shapeOfB[1])), shapeOfB);
        using var run = new RunOptions();
        using var product = session.Run(run, ["a", "b"], [left, right], ["c"]);
        return product[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static ModelProto Model(string transposed)
    {
        var graph = new GraphProto { Name = "product" };
        graph.Input.Add([Matrix("a"), Matrix("b")]);
        graph.Output.Add(Matrix("c"));
        var node = new NodeProto { OpType = "Gemm", Input = { "a", "b" }, Output = { "c" } };
        node.Attribute.Add(new AttributeProto { Name = transposed, I = 1, Type = AttributeProto.Types.AttributeType.Int });
        graph.Node.Add(node);
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 13 } } };
    }

    private static ValueInfoProto Matrix(string name)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add([new TensorShapeProto.Types.Dimension { DimParam = name + "0" }, new TensorShapeProto.Types.Dimension { DimParam = name + "1" }]);
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }
}
