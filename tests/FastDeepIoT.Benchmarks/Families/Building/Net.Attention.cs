namespace FastDeepIoT.Benchmarks.Families;

/// <summary>The sizes of a transformer layer.</summary>
/// <param name="Heads">Attention heads.</param>
/// <param name="HeadWidth">Features of one head; the model has heads times that.</param>
/// <param name="Hidden">Features between the two dense layers.</param>
internal sealed record TransformerSize(long Heads, long HeadWidth, long Hidden)
{
    internal long Width => Heads * HeadWidth;

    /// <summary>Sizes of a variant: arbitrary ones keep heads times head width only.</summary>
    internal static TransformerSize Of(Widths w, int heads, int headWidth, double expansion)
    {
        var (count, width) = (w.Count(heads), w.IsOdd ? w.Of(headWidth) : headWidth);
        return new TransformerSize(count, width, w.IsOdd ? w.Of(heads * headWidth * expansion) : (long)(count * width * expansion));
    }
}

internal sealed partial class Net
{
    /// <summary>A layer that normalizes after adding, with one dense layer each for query, key and value, as BERT has it.</summary>
    internal Tensor PostNormLayer(Tensor x, TransformerSize size, Tensor? mask)
    {
        var attended = Attend(Heads(Linear(x, size.Width), size), Heads(Linear(x, size.Width), size, 0, 2, 3, 1), Heads(Linear(x, size.Width), size), mask);
        var y = LayerNorm(Add(Linear(Join(attended), size.Width, gain: BranchGain), x));
        return LayerNorm(Add(Linear(Linear(y, size.Hidden, Gelu), size.Width, gain: BranchGain), y));
    }

    /// <summary>A layer that normalizes before attending, with one dense layer for query, key and value together, as vision transformers have it.</summary>
    internal Tensor PreNormLayer(Tensor x, TransformerSize size, Func<Tensor, Tensor> activation)
    {
        var (batch, length) = (x.Shape[0], x.Shape[1]);
        var joint = Reshape(Linear(LayerNorm(x), 3 * size.Width), batch, length, 3, size.Heads, size.HeadWidth);
        var parts = Transpose(joint, 2, 0, 3, 1, 4);
        var (query, key, value) = (Pick(parts, 0, 0), Pick(parts, 0, 1), Pick(parts, 0, 2));
        var attended = Attend(query, Transpose(key, 0, 1, 3, 2), value, mask: null);
        var y = Add(x, Linear(Join(attended), size.Width, gain: BranchGain));
        return Add(y, Linear(Linear(LayerNorm(y), size.Hidden, activation), size.Width, gain: BranchGain));
    }

    private Tensor Heads(Tensor x, TransformerSize size, params long[] order) =>
        Transpose(Reshape(x, x.Shape[0], x.Shape[1], size.Heads, size.HeadWidth), order.Length == 0 ? [0, 2, 1, 3] : order);

    private Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        var scores = Div(MatMul(query, key), Scalar(Math.Sqrt(query.Features)));
        if (mask is not null) scores = Add(scores, mask);
        return MatMul(Softmax(scores), value);
    }

    private Tensor Join(Tensor heads)
    {
        var y = Transpose(heads, 0, 2, 1, 3);
        return Reshape(y, y.Shape[0], y.Shape[1], y.Shape[2] * y.Shape[3]);
    }
}
