using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Tests.Building;

/// <summary>Networks with widths that can grow, and the sizes of those widths in the order they are met.</summary>
internal static class OpenNetworks
{
    internal static IReadOnlyDictionary<string, (Func<ModelProto> Make, long[] Open)> All { get; } = new Dictionary<string, (Func<ModelProto>, long[])>
    {
        ["chain"] = (Chain, [5]),
        ["batch normalization"] = (Normalized, [5, 6]),
        ["depthwise"] = (Depthwise, [7]),
        ["depthwise with two outputs a channel"] = (Multiplied, [5, 2]),
        ["grouped"] = (Grouped, [3, 2, 3]),
        ["residual"] = (Residual, [6, 9]),
        ["concat"] = (Concatenated, [5, 7]),
        ["concat with zeros"] = (ConcatenatedZeros, [5, 3]),
        ["slice"] = (Sliced, [4, 3]),
        ["split"] = (Split, [4, 3]),
        ["equal split"] = (SplitEqually, [5]),
        ["learned slope"] = (LearnedSlope, [5]),
        ["divided by constants"] = (Divided, [5]),
        ["gate"] = (Gate, [6, 3]),
        ["sigmoid and exponential"] = (Exponential, [5]),
        ["flatten"] = (Flattened, [5]),
        ["flatten of a transposed image"] = (FlattenedTransposed, [5]),
        ["global pooling"] = (Pooled, [5, 7]),
        ["matrix products"] = (MatrixProducts, [7, 5]),
        ["attention"] = (Attention, [2, 3, 3]),
        ["shuffle"] = (Shuffled, [2, 3, 5]),
        ["shuffle by computed sizes"] = (ShuffledByShape, [3]),
        ["channels padded"] = (Padded, [4, 2]),
        ["transposed convolution"] = (Deconvolved, [5, 3]),
        ["pixel shuffle"] = (PixelShuffled, [3]),
        ["bidirectional recurrence"] = (Recurrent, [5, 4]),
        ["resized to a computed size"] = (Resized, [5]),
        ["summed over channels"] = (Summed, [5]),
        ["one-dimensional convolution"] = (OneDimensional, [5]),
        ["shared bias"] = (SharedBias, [5, 5]),
        ["weights in nodes"] = (WeightsInNodes, [5]),
        ["old file with declared weights"] = (OldFile, [5]),
        ["open batch and image"] = (OpenDimensions, [5, 6]),
        ["two readers of one shape"] = (SharedShape, [4, 4]),
    };

    private static ModelProto Chain()
    {
        var b = new ModelBuilder();
        return b.Output(b.Conv(b.Node("Relu", [b.Conv(b.Input(1, 3, 8, 8), 3, 5)]), 5, 4));
    }

    private static ModelProto Normalized()
    {
        var b = new ModelBuilder();
        var x = b.Node("Relu", [b.BatchNormalization(b.Conv(b.Input(1, 3, 8, 8), 3, 5, bias: false), 5)]);
        x = b.Node("InstanceNormalization", [b.Conv(x, 5, 6), b.Weights(6), b.Weights(6)]);
        return b.Output(b.Conv(x, 6, 4));
    }

    private static ModelProto Depthwise()
    {
        var b = new ModelBuilder();
        var x = b.Node("Clip", [b.Conv(b.Input(1, 3, 8, 8), 3, 7, kernel: 1), b.Scalar(0), b.Scalar(6)]);
        return b.Output(b.Conv(b.Node("HardSwish", [b.Conv(x, 7, 7, groups: 7, stride: 2)]), 7, 4, kernel: 1));
    }

    private static ModelProto Multiplied()
    {
        var b = new ModelBuilder();
        return b.Output(b.Conv(b.Conv(b.Conv(b.Input(1, 3, 8, 8), 3, 5), 5, 10, groups: 5), 10, 4));
    }

    private static ModelProto Grouped()
    {
        var b = new ModelBuilder();
        return b.Output(b.Conv(b.Conv(b.Conv(b.Input(1, 3, 8, 8), 3, 6), 6, 9, groups: 3), 9, 4));
    }

    private static ModelProto Residual()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        for (var block = 0; block < 3; block++) x = b.Node("Add", [x, b.Conv(x, 6, 6)]);
        var wide = b.Conv(x, 6, 9, stride: 2);
        return b.Output(b.Conv(b.Node("Add", [wide, b.Conv(wide, 9, 9)]), 9, 4));
    }

    private static ModelProto Concatenated()
    {
        var b = new ModelBuilder();
        var x = b.Input(1, 3, 8, 8);
        var joined = b.Node("Concat", [b.Conv(x, 3, 5), b.Conv(x, 3, 7), x], ("axis", 1L));
        return b.Output(b.Conv(b.Node("Relu", [joined]), 15, 4));
    }

    private static ModelProto ConcatenatedZeros()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 5);
        var zeros = b.Node("ConstantOfShape", [b.Integers(1, 3, 8, 8)]);
        return b.Output(b.Conv(b.Node("Add", [b.Node("Concat", [x, zeros], ("axis", 1L)), b.Conv(x, 5, 8)]), 8, 4));
    }

    private static ModelProto Sliced()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 7);
        var head = b.Node("Slice", [x, b.Integers(0), b.Integers(4), b.Integers(1)]);
        var tail = b.Node("Slice", [x, b.Integers(-3), b.Integers(long.MaxValue), b.Integers(1)]);
        return b.Output(b.Conv(head, 4, 2), b.Conv(tail, 3, 2));
    }

    private static ModelProto Split()
    {
        var b = new ModelBuilder();
        var parts = b.Nodes("Split", [b.Conv(b.Input(1, 3, 8, 8), 3, 7), b.Integers(4, 3)], 2, ("axis", 1L));
        return b.Output(b.Conv(parts[0], 4, 2), b.Conv(parts[1], 3, 2));
    }

    private static ModelProto SplitEqually()
    {
        var b = new ModelBuilder();
        var parts = b.Nodes("Split", [b.Conv(b.Input(1, 3, 8, 8), 3, 10)], 2, ("axis", 1L));
        return b.Output(b.Conv(b.Node("Mul", [parts[0], b.Node("Sigmoid", [parts[1]])]), 5, 2));
    }

    private static ModelProto LearnedSlope()
    {
        var b = new ModelBuilder();
        return b.Output(b.Conv(b.Node("PRelu", [b.Conv(b.Input(1, 3, 8, 8), 3, 5), b.Weights(5, 1, 1)]), 5, 4));
    }

    private static ModelProto Divided()
    {
        var b = new ModelBuilder();
        var x = b.Node("Sub", [b.Conv(b.Input(1, 3, 8, 8), 3, 5), b.Weights(5, 1, 1)]);
        return b.Output(b.Conv(b.Node("Div", [x, b.Positive(1, 5, 1, 1)]), 5, 4));
    }

    private static ModelProto Gate()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        var squeezed = b.Node("Relu", [b.Conv(b.Node("GlobalAveragePool", [x]), 6, 3, kernel: 1)]);
        return b.Output(b.Conv(b.Node("Mul", [x, b.Node("HardSigmoid", [b.Conv(squeezed, 3, 6, kernel: 1)])]), 6, 4));
    }

    private static ModelProto Exponential()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 5);
        var sigmoid = b.Node("Div", [b.Scalar(1), b.Node("Add", [b.Node("Exp", [b.Node("Neg", [x])]), b.Scalar(1)])]);
        return b.Output(b.Conv(b.Node("Mul", [x, sigmoid]), 5, 4));
    }

    private static ModelProto Flattened()
    {
        var b = new ModelBuilder();
        return b.Output(b.Gemm(b.Node("Flatten", [b.Conv(b.Input(1, 3, 4, 4), 3, 5)]), 80, 6));
    }

    private static ModelProto FlattenedTransposed()
    {
        var b = new ModelBuilder();
        var x = b.Node("Transpose", [b.Conv(b.Input(1, 3, 4, 4), 3, 5)], ("perm", new long[] { 0, 2, 3, 1 }));
        return b.Output(b.Node("MatMul", [b.Node("Reshape", [x, b.Integers(-1, 80)]), b.Weights(80, 6)]));
    }

    private static ModelProto Pooled()
    {
        var b = new ModelBuilder();
        var x = b.Node("MaxPool", [b.Conv(b.Input(1, 3, 8, 8), 3, 5)], ("kernel_shape", new long[] { 2, 2 }));
        x = b.Node("ReduceMean", [x], ("axes", new long[] { 2, 3 }), ("keepdims", 0L));
        return b.Output(b.Gemm(b.Node("Relu", [b.Gemm(x, 5, 7)]), 7, 4));
    }

    private static ModelProto MatrixProducts()
    {
        var b = new ModelBuilder();
        var x = b.Node("Add", [b.Node("MatMul", [b.Input(2, 4, 3), b.Weights(3, 7)]), b.Weights(7)]);
        x = b.Node("MatMul", [b.Node("Erf", [x]), b.Weights(7, 5)]);
        return b.Output(b.Node("MatMul", [b.Node("Tanh", [x]), b.Weights(5, 6)]));
    }

    private static ModelProto Attention()
    {
        var b = new ModelBuilder();
        var x = b.Input(2, 4, 6);
        string Heads(long[] order) => b.Node("Transpose",
            [b.Node("Reshape", [b.Node("Add", [b.Node("MatMul", [x, b.Weights(6, 6)]), b.Weights(6)]), b.Integers(0, 0, 2, 3)])], ("perm", order));
        var scores = b.Node("MatMul", [Heads([0, 2, 1, 3]), Heads([0, 2, 3, 1])]);
        var mixed = b.Node("MatMul", [b.Node("Softmax", [b.Node("Div", [scores, b.Scalar(1.7f)])], ("axis", -1L)), Heads([0, 2, 1, 3])]);
        var merged = b.Node("Reshape", [b.Node("Transpose", [mixed], ("perm", new long[] { 0, 2, 1, 3 })), b.Integers(0, 0, 6)]);
        return b.Output(b.Node("MatMul", [merged, b.Weights(6, 5)]));
    }

    private static ModelProto Shuffled()
    {
        var b = new ModelBuilder();
        var x = b.Node("Reshape", [b.Conv(b.Input(1, 3, 8, 8), 3, 6), b.Integers(1, 2, 3, 8, 8)]);
        x = b.Node("Reshape", [b.Node("Transpose", [x], ("perm", new long[] { 0, 2, 1, 3, 4 })), b.Integers(1, 6, 8, 8)]);
        return b.Output(b.Conv(b.Conv(x, 6, 5), 5, 4));
    }

    private static ModelProto ShuffledByShape()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(-1, 3, 8, 8), 3, 6);
        var shape = b.Node("Shape", [x]);
        string Size(long axis) => b.Node("Gather", [shape, b.Integers(axis)], ("axis", 0L));
        var split = b.Node("Concat", [Size(0), b.Integers(2), b.Node("Div", [Size(1), b.Integers(2)]), Size(2), Size(3)], ("axis", 0L));
        var shuffled = b.Node("Transpose", [b.Node("Reshape", [x, split])], ("perm", new long[] { 0, 2, 1, 3, 4 }));
        return b.Output(b.Conv(b.Node("Reshape", [shuffled, shape]), 6, 4));
    }

    private static ModelProto Padded()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 4);
        var wide = b.Node("Pad", [x, b.Integers(0, 0, 0, 0, 0, 2, 0, 0)]);
        return b.Output(b.Conv(b.Node("Add", [wide, b.Conv(x, 4, 6)]), 6, 4));
    }

    private static ModelProto Deconvolved()
    {
        var b = new ModelBuilder();
        var x = b.Node("ConvTranspose", [b.Conv(b.Input(1, 3, 4, 4), 3, 5), b.Weights(5, 3, 2, 2), b.Weights(3)], ("strides", new long[] { 2, 2 }));
        return b.Output(b.Conv(x, 3, 4));
    }

    private static ModelProto PixelShuffled()
    {
        var b = new ModelBuilder();
        return b.Output(b.Conv(b.Node("DepthToSpace", [b.Conv(b.Input(1, 3, 4, 4), 3, 12)], ("blocksize", 2L), ("mode", "CRD")), 3, 4));
    }

    private static ModelProto Recurrent()
    {
        var b = new ModelBuilder();
        var x = b.Nodes("LSTM", [b.Input(6, 1, 3), b.Weights(2, 20, 3), b.Weights(2, 20, 5), b.Weights(2, 40)], 1, ("hidden_size", 5L), ("direction", "bidirectional"))[0];
        x = b.Node("Reshape", [b.Node("Transpose", [x], ("perm", new long[] { 0, 2, 1, 3 })), b.Integers(0, 0, -1)]);
        x = b.Nodes("GRU", [x, b.Weights(1, 12, 10), b.Weights(1, 12, 4)], 1, ("hidden_size", 4L), ("linear_before_reset", 1L))[0];
        return b.Output(b.Node("MatMul", [b.Node("Squeeze", [x, b.Integers(1)]), b.Weights(4, 2)]));
    }

    private static ModelProto Resized()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 5);
        var kept = b.Node("Slice", [b.Node("Shape", [x]), b.Integers(0), b.Integers(2), b.Integers(0)]);
        var sizes = b.Node("Concat", [kept, b.Integers(16, 16)], ("axis", 0L));
        return b.Output(b.Conv(b.Node("Resize", [x, "", "", sizes], ("mode", "nearest")), 5, 4));
    }

    private static ModelProto Summed()
    {
        var b = new ModelBuilder();
        return b.Output(b.Node("ReduceSum", [b.Node("Relu", [b.Conv(b.Input(1, 3, 8, 8), 3, 5)]), b.Integers(1)]));
    }

    private static ModelProto OneDimensional()
    {
        var b = new ModelBuilder();
        var x = b.Node("Conv", [b.Input(1, 3, 16), b.Weights(5, 3, 3), b.Weights(5)]);
        return b.Output(b.Node("Conv", [b.Node("Elu", [x]), b.Weights(4, 5, 3)]));
    }

    private static ModelProto SharedBias()
    {
        var b = new ModelBuilder();
        var bias = b.Weights(5);
        var x = b.Node("Conv", [b.Input(1, 3, 8, 8), b.Weights(5, 3, 1, 1), b.Node("Identity", [bias])]);
        return b.Output(b.Conv(b.Node("Conv", [b.Node("Relu", [x]), b.Weights(5, 5, 1, 1), bias]), 5, 4));
    }

    private static ModelProto WeightsInNodes()
    {
        var b = new ModelBuilder();
        var weights = b.AsConstantNode(b.Weights(5, 3, 1, 1));
        return b.Output(b.Conv(b.Node("Conv", [b.Input(1, 3, 8, 8), weights]), 5, 4));
    }

    private static ModelProto OldFile()
    {
        var b = new ModelBuilder(opset: 8, irVersion: 3);
        b.Output(b.Gemm(b.Node("Reshape", [b.Conv(b.Input(1, 3, 4, 4), 3, 5), b.Integers(1, 80)]), 80, 6));
        b.DeclareInitializers();
        return b.Model;
    }

    private static ModelProto OpenDimensions()
    {
        var b = new ModelBuilder();
        var x = b.Node("GlobalAveragePool", [b.Conv(b.Conv(b.Input(-1, 3, -1, -1), 3, 5, stride: 2), 5, 6)]);
        return b.Output(b.Gemm(b.Node("Reshape", [x, b.Integers(-1, 6)]), 6, 4));
    }

    private static ModelProto SharedShape()
    {
        var b = new ModelBuilder();
        var shape = b.Integers(1, 64);
        var x = b.Input(1, 3, 4, 4);
        return b.Output(b.Gemm(b.Node("Reshape", [b.Conv(x, 3, 4), shape]), 64, 2), b.Gemm(b.Node("Reshape", [b.Conv(x, 3, 4), shape]), 64, 2));
    }
}
