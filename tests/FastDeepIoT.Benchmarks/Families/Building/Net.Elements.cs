namespace FastDeepIoT.Benchmarks.Families;

internal sealed partial class Net
{
    internal Tensor Add(Tensor a, Tensor b) => Node("Add", Broadcast(a, b), [a, b]);

    internal Tensor Sub(Tensor a, Tensor b) => Node("Sub", Broadcast(a, b), [a, b]);

    internal Tensor Mul(Tensor a, Tensor b) => Node("Mul", Broadcast(a, b), [a, b]);

    internal Tensor Div(Tensor a, Tensor b) => Node("Div", Broadcast(a, b), [a, b]);

    internal Tensor Relu(Tensor x) => Node("Relu", x.Shape, [x]);

    internal Tensor Sigmoid(Tensor x) => Node("Sigmoid", x.Shape, [x]);

    internal Tensor Tanh(Tensor x) => Node("Tanh", x.Shape, [x]);

    internal Tensor LeakyRelu(Tensor x) => Node("LeakyRelu", x.Shape, [x], ("alpha", 0.1));

    internal Tensor Elu(Tensor x) => Node("Elu", x.Shape, [x], ("alpha", 1.0));

    /// <summary>A rectifier with a learned slope for every channel.</summary>
    internal Tensor PRelu(Tensor x) => Node("PRelu", x.Shape, [x, Weights(0.05, [x.Channels, .. Repeat(1, x.Spatial.Length)], 0.25)]);

    internal Tensor Relu6(Tensor x) => Clip(x, 0, 6);

    internal Tensor Softmax(Tensor x, int axis = -1) => Node("Softmax", x.Shape, [x], ("axis", axis));

    /// <summary>SiLU or swish.</summary>
    internal Tensor Silu(Tensor x) => Mul(x, Sigmoid(x));

    /// <summary>Mish: x tanh(ln(1 + exp x)).</summary>
    internal Tensor Mish(Tensor x) => Mul(x, Tanh(Node("Softplus", x.Shape, [x])));

    /// <summary>GELU with the error function, as torch writes it.</summary>
    internal Tensor Gelu(Tensor x)
    {
        var erf = Node("Erf", x.Shape, [Div(x, Scalar(Math.Sqrt(2)))]);
        return Mul(Mul(x, Add(erf, Scalar(1))), Scalar(0.5));
    }

    /// <summary>A node since operator set 14, three or four before.</summary>
    internal Tensor HardSwish(Tensor x)
    {
        if (style.IsTensorFlow) return Mul(Mul(x, Clip(Add(x, Scalar(3)), 0, 6)), Scalar(1 / 6.0));
        return style.Opset >= 14 ? Node("HardSwish", x.Shape, [x]) : Div(Mul(x, Clip(Add(x, Scalar(3)), 0, 6)), Scalar(6));
    }

    internal Tensor HardSigmoid(Tensor x) => !style.IsTensorFlow && style.Opset >= 14
        ? Node("HardSigmoid", x.Shape, [x], ("alpha", 1 / 6.0), ("beta", 0.5))
        : Mul(Clip(Add(x, Scalar(3)), 0, 6), Scalar(1 / 6.0));

    /// <summary>Dropout of a trained network: nothing, or an Identity.</summary>
    internal Tensor Dropout(Tensor x) => style.HasIdentities ? Node("Identity", x.Shape, [x]) : x;

    /// <summary>The mean over axes, which are an attribute before operator set 18.</summary>
    internal Tensor Mean(Tensor x, bool keep, params long[] axes)
    {
        var reduced = axes.Select(axis => axis < 0 ? axis + x.Shape.Length : axis).ToHashSet();
        var shape = x.Shape.Select((size, axis) => reduced.Contains(axis) ? 1 : size).Where((_, axis) => keep || !reduced.Contains(axis)).ToArray();
        return Node("ReduceMean", shape, [x], ("axes", axes), ("keepdims", keep ? 1 : 0));
    }

    private Tensor Clip(Tensor x, double low, double high) => Node("Clip", x.Shape, [x, Scalar(low), Scalar(high)]);

    private static long[] Broadcast(Tensor a, Tensor b)
    {
        var rank = Math.Max(a.Shape.Length, b.Shape.Length);
        long Size(Tensor tensor, int axis) => axis - rank + tensor.Shape.Length is >= 0 and var own ? tensor.Shape[own] : 1;
        return [.. Enumerable.Range(0, rank).Select(axis => Math.Max(Size(a, axis), Size(b, axis)))];
    }
}
