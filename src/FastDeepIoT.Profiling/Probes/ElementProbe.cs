namespace FastDeepIoT.Profiling.Probes;

/// <summary>A walk through operators that visit elements, over tensors of one to five axes and all ordinary sizes.</summary>
internal static class ElementProbe
{
    private const int MostNodes = 40;
    private static readonly string[] Maps =
        ["Relu", "Sigmoid", "Tanh", "LeakyRelu", "Elu", "HardSigmoid", "HardSwish", "Softplus", "Erf", "Abs", "Neg", "Floor", "Sqrt", "Exp",
         "Identity", "Selu", "Ceil", "Round", "Reciprocal", "Log", "Sin", "Cos", "Gelu"];

    internal static void Grow(ProbeBuilder b)
    {
        var random = b.Random;
        var rank = random.Pick(2, 3, 3, 4, 4, 4);
        var elements = random.Size(64, 600_000);
        var shape = new long[rank];
        shape[0] = 1;
        var rest = elements;
        for (var axis = 1; axis < rank - 1; axis++) rest /= shape[axis] = Math.Max(1, random.Width(1, Math.Max(1, Math.Pow(rest, 0.6))));
        shape[^1] = Math.Max(1, rest);
        var x = b.Input(shape);
        while (b.Nodes < MostNodes) x = Step(b, x);
    }

    private static ProbeTensor Step(ProbeBuilder b, ProbeTensor x)
    {
        var random = b.Random;
        var rank = x.Shape.Count;
        switch (random.Below(22))
        {
            case 0: return Combine(b, x);
            case 1: return b.WithConstant(random.Pick("Add", "Mul", "Sub", "Div", "Max", "Min"), x, x.Shape[^1]);
            case 2 when rank > 2: return b.WithConstant(random.Pick("Add", "Mul", "Sub"), x, [x.Shape[1], .. Enumerable.Repeat(1L, rank - 2)]);
            case 3: return b.WithConstant(random.Pick("Add", "Mul", "Sub", "Div", "Pow"), b.Unary("Abs", x));
            case 4: return b.Unary(random.Pick("Softmax", "Softmax", "LogSoftmax"), x, ("axis", random.Pick(-1L, -1L, 1L)));
            case 5: Reduce(b, x); return x;
            case 6: return Transposed(b, x);
            case 7 when rank != 3: return b.Reshape(x, 1, x.Elements / x.Shape[^1], x.Shape[^1]);
            case 8: return Halves(b, x);
            case 9: return b.Node("LayerNormalization", [x.Name, b.Fill(1, x.Shape[^1]), b.Fill(0, x.Shape[^1])], [.. x.Shape], ("axis", -1L));
            case 10: return Gathered(b, x);
            case 11 when x.Elements < 300_000: return Joined(b, x);
            case 12: return b.Node("Where", [b.Node("Greater", [x.Name, b.Fill(0.1f)], [.. x.Shape]).Name, x.Name, b.Unary("Neg", x).Name], [.. x.Shape]);
            case 13 when rank > 2 && x.Shape[0] == 1: return SqueezedAndBack(b, x);
            case 14 when x.Elements < 200_000 && x.Shape[0] == 1:
                return b.Node("Expand", [x.Name, b.Integers([2, .. x.Shape.Skip(1)])], [2, .. x.Shape.Skip(1)]);
            case 15 when rank > 2: return Sliced(b, x);
            case 16 when rank == 4: return OverChannels(b, x);
            case 17 when rank == 4: return b.Pool(random.Pick("MaxPool", "AveragePool"), x, Math.Min(3, Math.Min(x.Shape[2], x.Shape[3])), 1);
            case 18 or 19: return IntegerStretch.Grow(b, x);
            default: return Mapped(b, x);
        }
    }

    // Roots, logarithms and exponentials get arguments that keep values ordinary.
    private static ProbeTensor Mapped(ProbeBuilder b, ProbeTensor x)
    {
        var map = b.Random.Pick(Maps);
        if (map is "Sqrt" or "Log" or "Reciprocal") return b.Unary(map, b.WithConstant("Add", b.Unary("Abs", x)));
        if (map is "Exp") return b.Unary(map, b.Unary("Tanh", x));
        if (map is "Gelu") return b.Unary("Tanh", x);
        return b.Unary(map, x);
    }

    private static ProbeTensor Combine(ProbeBuilder b, ProbeTensor x) =>
        b.Combine(b.Random.Pick("Add", "Mul", "Sub", "Max", "Min", "Sum"), x, b.Unary(b.Random.Pick("Tanh", "Sigmoid", "Relu"), x));

    internal static ProbeTensor Sliced(ProbeBuilder b, ProbeTensor x)
    {
        var axis = 1 + b.Random.Below(x.Shape.Count - 1);
        if (x.Shape[axis] < 4) return b.Unary("Identity", x);
        long[] shape = [.. x.Shape];
        shape[axis] -= 1 + b.Random.Below((int)Math.Min(1000, shape[axis] / 3));
        return b.Node("Slice", [x.Name, b.Integers(0), b.Integers(shape[axis]), b.Integers(axis)], shape);
    }

    private static ProbeTensor OverChannels(ProbeBuilder b, ProbeTensor x)
    {
        var c = x.Channels;
        return b.Random.Pick(0, 1, 2) switch
        {
            0 => b.Node("InstanceNormalization", [x.Name, b.Fill(1, c), b.Fill(0, c)], [.. x.Shape]),
            1 => b.BatchNormalized(x),
            _ => b.Node("Pad", [x.Name, b.Integers(0, 0, 1, 1, 0, 0, 1, 1)], [x.Shape[0], c, x.Shape[2] + 2, x.Shape[3] + 2]),
        };
    }

    private static ProbeTensor SqueezedAndBack(ProbeBuilder b, ProbeTensor x)
    {
        var squeezed = b.Node("Squeeze", [x.Name, b.Integers(0)], [.. x.Shape.Skip(1)]);
        return b.Node("Unsqueeze", [b.Unary("Relu", squeezed).Name, b.Integers(0)], [.. x.Shape]);
    }

    private static void Reduce(ProbeBuilder b, ProbeTensor x)
    {
        var rank = x.Shape.Count;
        long axis = b.Random.Pick(1, rank - 1);
        var type = b.Random.Pick("ReduceMean", "ReduceMax", "ReduceMin", "ReduceL2", "ReduceSum", "ReduceProd", "ArgMax");
        long[] shape = [.. x.Shape];
        shape[axis] = 1;
        if (type == "ArgMax") b.Node(type, [x.Name], shape, ("axis", axis), ("keepdims", 1L));
        else if (type == "ReduceSum") b.Node(type, [x.Name, b.Integers(axis)], shape, ("keepdims", 1L));
        else b.Node(type, [x.Name], shape, ("axes", new[] { axis }), ("keepdims", 1L));
    }

    internal static ProbeTensor Transposed(ProbeBuilder b, ProbeTensor x) => x.Shape.Count switch
    {
        2 => b.Transpose(x, 1, 0),
        3 => b.Transpose(x, 0, 2, 1),
        4 => b.Random.Pick(0, 1, 2) switch
        {
            0 => b.Transpose(x, 0, 2, 3, 1),
            1 => b.Transpose(x, 0, 3, 1, 2),
            _ => b.Transpose(x, 0, 2, 1, 3),
        },
        _ => x,
    };

    // Two to four tensors, along the channels or the last axis.
    private static ProbeTensor Joined(ProbeBuilder b, ProbeTensor x)
    {
        var (axis, parts) = (b.Random.Pick(1, x.Shape.Count - 1), new List<ProbeTensor> { x });
        for (var more = b.Random.Below(3); more >= 0; more--) parts.Add(b.Unary(b.Random.Pick("Neg", "Relu"), x));
        return b.Node("Concat", [.. parts.Select(part => part.Name)], Grown(x, axis, parts.Count), ("axis", (long)axis));
    }

    // A gate: one half by the sigmoid of the other.
    private static ProbeTensor Halves(ProbeBuilder b, ProbeTensor x)
    {
        var axis = b.Random.Pick(1, x.Shape.Count - 1);
        long[] shape = [.. x.Shape], rest = [.. x.Shape];
        shape[axis] /= 2;
        rest[axis] -= shape[axis];
        if (shape[axis] == 0) return b.Unary("Tanh", x);
        var parts = b.NodeOf("Split", [x.Name, b.Integers(shape[axis], rest[axis])], [shape, rest], ("axis", (long)axis));
        return shape[axis] == rest[axis] ? b.Combine("Mul", parts[0], b.Unary("Sigmoid", parts[1])) : parts[1];
    }

    // As many of the channels as there are, some of them more than once, or fewer; now and then also one alone.
    internal static ProbeTensor Gathered(ProbeBuilder b, ProbeTensor x)
    {
        if (x.Shape.Count > 3 && b.Random.Chance(0.2)) b.One(x, axis: 1, b.Random.Below((int)x.Shape[1]));
        var most = Math.Min(x.Shape[1], 4096);
        var order = new long[b.Random.Chance(0.6) ? most : b.Random.Size(1, most)];
        for (var i = 0; i < order.Length; i++) order[i] = b.Random.Below((int)x.Shape[1]);
        long[] shape = [.. x.Shape];
        shape[1] = order.Length;
        return b.Node("Gather", [x.Name, b.Integers(order)], shape, ("axis", 1L));
    }

    internal static long[] Grown(ProbeTensor x, int axis, long times = 2)
    {
        long[] shape = [.. x.Shape];
        shape[axis] *= times;
        return shape;
    }
}
