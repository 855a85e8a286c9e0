namespace FastDeepIoT.Benchmarks.Families;

internal sealed partial class Net
{
    /// <summary>
    /// A dense layer over the last axis: for torch a Gemm over a matrix and MatMul with Add over a sequence, for TensorFlow always the latter.
    /// </summary>
    internal Tensor Linear(Tensor x, long width, Func<Tensor, Tensor>? activation = null, double gain = 1)
    {
        var deviation = Math.Sqrt((activation is null ? gain : RectifiedGain) / x.Features);
        long[] shape = [.. x.Shape[..^1], width];
        Tensor y;
        if (x.Shape.Length == 2 && !style.IsTensorFlow)
        {
            y = Node("Gemm", shape, [x, Weights(deviation, [width, x.Features]), Weights(BiasDeviation, [width])],
                ("alpha", 1.0), ("beta", 1.0), ("transB", 1));
        }
        else
        {
            var product = Node("MatMul", shape, [x, Weights(deviation, [x.Features, width])]);
            var bias = Weights(BiasDeviation, [width]);
            y = x.Shape.Length > 2 && !style.IsTensorFlow ? Add(bias, product) : Add(product, bias);
        }

        return activation is null ? y : activation(y);
    }

    /// <summary>A product of two computed tensors.</summary>
    internal Tensor MatMul(Tensor a, Tensor b) => Node("MatMul", [.. a.Shape[..^1], b.Shape[^1]], [a, b]);

    /// <summary>Looks words up in a table.</summary>
    internal Tensor Embedding(Tensor indices, long words, long width) =>
        Node("Gather", [.. indices.Shape, width], [Weights(0.5, [words, width]), indices], ("axis", 0));

    /// <summary>The end of a classifier: pool, flatten, dropout, dense layer.</summary>
    internal void Classify(Tensor x, long classes)
    {
        var y = Linear(Dropout(Flatten(GlobalPool(x))), classes);
        Output(style.IsTensorFlow ? Softmax(y) : y);
    }
}
