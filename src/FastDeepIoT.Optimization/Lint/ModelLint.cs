using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>A tensor with something in it that nobody wants, and how many numbers of it.</summary>
public sealed record LintedTensor(string Name, long Count, long Bytes);

/// <summary>
/// What is wrong with the weights of a model: denormal numbers, which processors compute with many times slower; values that are no finite
/// numbers; weights that nothing reads; weights that callers may replace; normalizations at which the runtime ends the process. Looks at every weight once; runs nothing.
/// </summary>
public sealed class ModelLint
{
    // Where an infinity among weights cannot be meant: it meets other numbers in products and sums. Elsewhere it is a bound or a mask.
    private static readonly HashSet<string> Multiplying =
        ["Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN", "BatchNormalization", "InstanceNormalization", "LayerNormalization", "GroupNormalization"];

    private ModelLint(
        IReadOnlyList<LintedTensor> denormal, IReadOnlyList<LintedTensor> notFinite, IReadOnlyList<LintedTensor> unused, IReadOnlyList<LintedTensor> replaceable,
        IReadOnlyList<string> emptyBiases) =>
        (Denormal, NotFinite, Unused, Replaceable, EmptyBiases) = (denormal, notFinite, unused, replaceable, emptyBiases);

    /// <summary>Tensors with denormal numbers.</summary>
    public IReadOnlyList<LintedTensor> Denormal { get; }

    /// <summary>Tensors with values that are no numbers, or infinite where that cannot be meant.</summary>
    public IReadOnlyList<LintedTensor> NotFinite { get; }

    /// <summary>Initializers that nothing reads.</summary>
    public IReadOnlyList<LintedTensor> Unused { get; }

    /// <summary>Initializers that are declared as inputs too, so that callers may replace them and a runtime cannot prepare them.</summary>
    public IReadOnlyList<LintedTensor> Replaceable { get; }

    /// <summary>Normalizations that list a bias without a name.</summary>
    public IReadOnlyList<string> EmptyBiases { get; }

    /// <summary>Looks at a model; weights in other files are looked at when they are embedded.</summary>
    public static ModelLint Of(ModelProto model)
    {
        var multiplied = Readers(model.Graph).Where(node => Multiplying.Contains(node.OpType)).SelectMany(node => node.Input).ToHashSet();
        var uses = model.Graph.UseCounts();
        List<LintedTensor> denormal = [], notFinite = [];
        foreach (var tensor in model.Tensors())
        {
            var census = WeightCensus.Of(tensor);
            if (census.Denormal > 0) denormal.Add(Linted(tensor, census.Denormal));
            var bad = census.NotNumbers + (multiplied.Contains(tensor.Name) ? census.Infinite : 0);
            if (bad > 0) notFinite.Add(Linted(tensor, bad));
        }

        return new ModelLint(
            denormal, notFinite, [.. model.Graph.Initializer.Where(tensor => !uses.ContainsKey(tensor.Name)).Select(tensor => Linted(tensor))],
            [.. model.Replaceable().Select(tensor => Linted(tensor))], Onnx.EmptyBiases.Of(model));
    }

    private static LintedTensor Linted(TensorProto tensor, long count = 0) => new(tensor.Name, count, tensor.CalculateSize());

    private static IEnumerable<NodeProto> Readers(GraphProto graph) =>
        graph.Node.SelectMany(node => node.Subgraphs().SelectMany(Readers).Prepend(node));
}
