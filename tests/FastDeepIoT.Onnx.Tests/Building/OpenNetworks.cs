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
        ["branches"] = (Branches, [5, 6, 7]),
        ["loop"] = (Looped, [5]),
        ["scan"] = (Scanned, [5]),
        ["branches in a loop"] = (BranchesInLoop, [5, 6]),
        ["shuffle by positions"] = (ShuffledByPositions, [2, 3, 5]),
        ["part by positions"] = (PartByPositions, [4, 3]),
        ["every second channel by positions"] = (StridedByPositions, [3]),
        ["group normalization"] = (GroupNormalized, [3]),
        ["long chain of residual adds"] = (LongResidual, [6]),
        ["shuffled units"] = (ShuffledUnits, [3, 3, 5]),
        ["embedding"] = (Embedded, [5]),
        ["simple recurrence with states"] = (SimpleRecurrence, [5]),
        ["recurrence in reverse with all its inputs"] = (FullLstm, [5]),
        ["grouped transposed convolution"] = (GroupedDeconvolution, [2, 3, 2]),
        ["channels last"] = (ChannelsLast, [5, 6]),
        ["overridable weights"] = (OverridableWeights, [5]),
        ["branches of a feature pyramid"] = (Pyramid, [5, 7, 6]),
        ["channels padded by a computed amount"] = (PaddedByComputation, [4, 2, 3]),
        ["weights shared by two levels"] = (SharedWeights, [5, 6, 7, 5, 6, 7]),
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

    private static ModelProto Branches()
    {
        ModelBuilder b = new(), then = new(prefix: "then_"), otherwise = new(prefix: "else_");
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 5);
        var thenBranch = then.Subgraph(then.Conv(then.Node("Relu", [then.Conv(x, 5, 6)]), 6, 7));
        var elseBranch = otherwise.Subgraph(otherwise.Conv(otherwise.Node("Tanh", [x]), 5, 7, kernel: 1));
        var condition = b.Node("Cast", [b.Node("ReduceMax", [b.Conv(x, 5, 1)], ("keepdims", 0L))], ("to", 9L));
        return b.Output(b.Conv(b.Node("If", [condition], ("then_branch", thenBranch), ("else_branch", elseBranch)), 7, 4));
    }

    private static ModelProto Looped()
    {
        ModelBuilder b = new(), body = new(prefix: "body_");
        var (turn, going) = (body.ScalarInput(TensorProto.Types.DataType.Int64), body.ScalarInput(TensorProto.Types.DataType.Bool));
        var state = body.Node("Tanh", [body.Node("Add", [body.Node("MatMul", [body.Input(1, 5), body.Weights(5, 5)]), body.Weights(5)])]);
        var again = body.Node("And", [body.Node("Less", [turn, body.Node("Cast", [body.Scalar(9)], ("to", 7L))]), going]);
        var bodyGraph = body.Subgraph(again, state);
        (bodyGraph.Output[0].Type.TensorType.ElemType, bodyGraph.Output[0].Type.TensorType.Shape) = (9, new TensorShapeProto());
        var start = b.Node("MatMul", [b.Input(1, 3), b.Weights(3, 5)]);
        return b.Output(b.Node("MatMul", [b.Node("Loop", [b.Node("Squeeze", [b.Integers(3)]), "", start], ("body", bodyGraph)), b.Weights(5, 2)]));
    }

    private static ModelProto Scanned()
    {
        ModelBuilder b = new(), body = new(prefix: "body_");
        var (before, step) = (body.Input(1, 5), body.Input(1, 3));
        var state = body.Node("Tanh", [body.Node("Add", [body.Node("MatMul", [step, body.Weights(3, 5)]), body.Node("MatMul", [before, body.Weights(5, 5)])])]);
        var results = b.Nodes("Scan", [b.Weights(1, 5), b.Input(6, 1, 3)], 2, ("body", body.Subgraph(state, body.Node("Identity", [state]))), ("num_scan_inputs", 1L));
        return b.Output(b.Node("MatMul", [results[0], b.Weights(5, 2)]), b.Node("MatMul", [results[1], b.Weights(5, 2)]));
    }

    private static ModelProto BranchesInLoop()
    {
        ModelBuilder b = new(), body = new(prefix: "body_"), then = new(prefix: "then_"), otherwise = new(prefix: "else_");
        var (turn, _) = (body.ScalarInput(TensorProto.Types.DataType.Int64), body.ScalarInput(TensorProto.Types.DataType.Bool));
        var state = body.Input(1, 5);
        var thenBranch = then.Subgraph(then.Node("MatMul", [then.Node("Relu", [then.Node("MatMul", [state, then.Weights(5, 6)])]), then.Weights(6, 5)]));
        var elseBranch = otherwise.Subgraph(otherwise.Node("Relu", [state]));
        var odd = body.Node("Cast", [body.Node("Mod", [turn, body.Node("Squeeze", [body.Integers(2)])])], ("to", 9L));
        var bodyGraph = body.Subgraph(body.Node("Cast", [body.Scalar(1)], ("to", 9L)), body.Node("If", [odd], ("then_branch", thenBranch), ("else_branch", elseBranch)));
        (bodyGraph.Output[0].Type.TensorType.ElemType, bodyGraph.Output[0].Type.TensorType.Shape) = (9, new TensorShapeProto());
        var start = b.Node("MatMul", [b.Input(1, 3), b.Weights(3, 5)]);
        return b.Output(b.Node("MatMul", [b.Node("Loop", [b.Node("Squeeze", [b.Integers(4)]), "", start], ("body", bodyGraph)), b.Weights(5, 2)]));
    }

    private static ModelProto ShuffledByPositions()
    {
        var b = new ModelBuilder();
        var x = b.Node("Gather", [b.Conv(b.Input(1, 3, 8, 8), 3, 6), b.Integers(0, 3, 1, 4, 2, 5)], ("axis", 1L));
        return b.Output(b.Conv(b.Conv(x, 6, 5), 5, 4));
    }

    private static ModelProto PartByPositions()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 7);
        var (head, tail) = (b.Node("Gather", [x, b.Integers(0, 1, 2, 3)], ("axis", 1L)), b.Node("Gather", [x, b.Integers(4, 5, 6)], ("axis", 1L)));
        return b.Output(b.Conv(head, 4, 2), b.Conv(tail, 3, 2));
    }

    private static ModelProto StridedByPositions()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        var (even, odd) = (b.Node("Gather", [x, b.Integers(0, 2, 4)], ("axis", 1L)), b.Node("Gather", [x, b.Integers(1, 3, 5)], ("axis", 1L)));
        return b.Output(b.Conv(even, 3, 2), b.Conv(odd, 3, 2));
    }

    private static ModelProto GroupNormalized()
    {
        var b = new ModelBuilder(opset: 21, irVersion: 10);
        var x = b.Node("GroupNormalization", [b.Conv(b.Input(1, 3, 8, 8), 3, 6), b.Weights(6), b.Weights(6)], ("num_groups", 3L));
        return b.Output(b.Conv(x, 6, 4));
    }

    private static ModelProto LongResidual()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        for (var block = 0; block < 40; block++) x = b.Node("Relu", [b.Node("Add", [x, b.Conv(x, 6, 6, kernel: 1)])]);
        return b.Output(b.Conv(x, 6, 4));
    }

    // As in ShuffleNetV2: half of the channels goes through, the other half is worked on, then both are shuffled.
    private static ModelProto ShuffledUnits()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6, kernel: 1);
        var parts = b.Nodes("Split", [x, b.Integers(3, 3)], 2, ("axis", 1L));
        var worked = b.Conv(b.Conv(b.Conv(parts[1], 3, 5, kernel: 1), 5, 5, groups: 5), 5, 3, kernel: 1);
        var joined = b.Node("Reshape", [b.Node("Concat", [parts[0], worked], ("axis", 1L)), b.Integers(0, 2, 3, 8, 8)]);
        var shuffled = b.Node("Reshape", [b.Node("Transpose", [joined], ("perm", new long[] { 0, 2, 1, 3, 4 })), b.Integers(0, -1, 8, 8)]);
        return b.Output(b.Conv(shuffled, 6, 4));
    }

    private static ModelProto Embedded()
    {
        var b = new ModelBuilder();
        var words = b.Node("Cast", [b.Node("Clip", [b.Input(2, 4), b.Scalar(0), b.Scalar(6)])], ("to", 7L));
        var x = b.Node("Add", [b.Node("Gather", [b.Weights(7, 5), words]), b.Weights(4, 5)]);
        return b.Output(b.Node("MatMul", [x, b.Weights(5, 3)]));
    }

    private static ModelProto SimpleRecurrence()
    {
        var b = new ModelBuilder();
        var x = b.Nodes("RNN", [b.Input(6, 1, 3), b.Weights(2, 5, 3), b.Weights(2, 5, 5), b.Weights(2, 10), "", b.Weights(2, 1, 5)], 2, ("hidden_size", 5L), ("direction", "bidirectional"));
        var last = b.Node("Reshape", [b.Node("Transpose", [x[1]], ("perm", new long[] { 1, 0, 2 })), b.Integers(1, -1)]);
        return b.Output(b.Node("MatMul", [last, b.Weights(10, 2)]));
    }

    private static ModelProto FullLstm()
    {
        var b = new ModelBuilder();
        string[] inputs = [b.Input(6, 1, 3), b.Weights(1, 20, 3), b.Weights(1, 20, 5), b.Weights(1, 40), "", b.Weights(1, 1, 5), b.Weights(1, 1, 5), b.Weights(1, 15)];
        var x = b.Nodes("LSTM", inputs, 3, ("hidden_size", 5L), ("direction", "reverse"));
        var states = b.Node("Squeeze", [b.Node("Add", [x[1], x[2]]), b.Integers(0)]);
        return b.Output(b.Node("MatMul", [b.Node("Squeeze", [x[0], b.Integers(1)]), b.Weights(5, 2)]), b.Node("MatMul", [states, b.Weights(5, 2)]));
    }

    private static ModelProto GroupedDeconvolution()
    {
        var b = new ModelBuilder();
        var x = b.Node("ConvTranspose", [b.Conv(b.Input(1, 3, 4, 4), 3, 6), b.Weights(6, 2, 2, 2), b.Weights(4)], ("group", 2L), ("strides", new long[] { 2, 2 }));
        return b.Output(b.Conv(x, 4, 3));
    }

    // As exported from TensorFlow: the network is written channels last, every convolution between transposes.
    private static ModelProto ChannelsLast()
    {
        var b = new ModelBuilder();
        long[] first = [0, 3, 1, 2], last = [0, 2, 3, 1];
        var x = b.Node("Transpose", [b.Conv(b.Node("Transpose", [b.Input(1, 8, 8, 3)], ("perm", first)), 3, 5)], ("perm", last));
        x = b.Node("Relu", [b.Node("Mul", [b.Node("Add", [x, b.Weights(5)]), b.Weights(1, 1, 1, 5)])]);
        x = b.Node("Transpose", [b.Conv(b.Node("Transpose", [x], ("perm", first)), 5, 6)], ("perm", last));
        return b.Output(b.Node("MatMul", [b.Node("Reshape", [b.Node("ReduceMean", [x], ("axes", new long[] { 1, 2 })), b.Integers(1, 6)]), b.Weights(6, 4)]));
    }

    // Inputs with a default that may be given from outside, as exporters once declared all weights.
    private static ModelProto OverridableWeights()
    {
        var b = new ModelBuilder();
        b.Output(b.Conv(b.Node("Relu", [b.Conv(b.Input(1, 3, 8, 8), 3, 5)]), 5, 4));
        b.DeclareInitializers();
        return b.Model;
    }

    private static ModelProto Pyramid()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 5);
        var y = b.Conv(x, 5, 7, stride: 2);
        var up = b.Node("Resize", [b.Conv(y, 7, 6, kernel: 1), "", b.Floats(1, 1, 2, 2)], ("mode", "nearest"));
        return b.Output(b.Conv(b.Node("Add", [up, b.Conv(x, 5, 6, kernel: 1)]), 6, 4));
    }

    // As PyTorch exports F.pad: counted from the last axis, two numbers an axis, filled up with zeros and turned around.
    private static ModelProto PaddedByComputation()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 4);
        var given = b.Integers(0, 0, 0, 0, 2, 3);
        var missing = b.Node("ConstantOfShape", [b.Node("Sub", [b.Integers(8), b.Node("Shape", [given])])], ("value", new TensorProto { DataType = 7, Dims = { 1 }, Int64Data = { 0 } }));
        var pairs = b.Node("Reshape", [b.Node("Concat", [given, missing], ("axis", 0L)), b.Integers(-1, 2)]);
        var turned = b.Node("Slice", [pairs, b.Integers(-1), b.Integers(long.MinValue + 1), b.Integers(0), b.Integers(-1)]);
        var pads = b.Node("Cast", [b.Node("Reshape", [b.Node("Transpose", [turned], ("perm", new long[] { 1, 0 })), b.Integers(-1)])], ("to", 7L));
        return b.Output(b.Conv(b.Node("Add", [b.Node("Pad", [x, pads], ("mode", "constant")), b.Conv(x, 4, 9)]), 9, 4));
    }

    private static ModelProto SharedWeights()
    {
        var b = new ModelBuilder();
        var x = b.Input(1, 3, 8, 8);
        var (weights, bias) = (b.Weights(7, 6, 3, 3), b.Weights(7));
        string Head(string level) => b.Conv(b.Node("Relu", [b.Node("Conv", [b.Conv(level, 5, 6), weights, bias], ("pads", new long[] { 1, 1, 1, 1 }))]), 7, 4);
        return b.Output(Head(b.Conv(x, 3, 5)), Head(b.Conv(x, 3, 5, stride: 2)));
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
