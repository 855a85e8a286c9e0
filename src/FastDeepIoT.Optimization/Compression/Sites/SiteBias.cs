using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>The bias of a site: a vector, or the part of a recurrent layer's that belongs to its weights.</summary>
internal static class SiteBias
{
    /// <summary>The bias; zeros where there is none.</summary>
    internal static double[] Read(ReaderSite site, Func<string, TensorProto?> constants, int rows) =>
        Find(site, site.Source, constants) is { } tensor
            ? [.. SiteWeights.Values(tensor).AsSpan(Offset(site, rows), rows).ToArray().Select(value => (double)value)]
            : new double[rows];

    /// <summary>The constant with another bias in it; a new one where there was none.</summary>
    internal static TensorProto Write(ReaderSite site, TensorProto? tensor, double[] bias)
    {
        var values = tensor is null ? new float[bias.Length] : SiteWeights.Values(tensor);
        for (var row = 0; row < bias.Length; row++) values[Offset(site, bias.Length) + row] = (float)bias[row];
        var like = tensor ?? new TensorProto { Name = site.Key + "_bias", DataType = (int)TensorProto.Types.DataType.Float, Dims = { bias.Length } };
        return SiteWeights.With(like, values);
    }

    /// <summary>The constant that holds the bias of a node, or null.</summary>
    internal static TensorProto? Find(ReaderSite site, NodeProto node, Func<string, TensorProto?> constants) =>
        site.BiasInput > 0 && node.Input.Count > site.BiasInput && node.Input[site.BiasInput].Length > 0 ? constants(node.Input[site.BiasInput]) : null;

    // A recurrent layer has two biases a direction: one beside the weights of its input, one beside those of its state.
    private static int Offset(ReaderSite site, int rows) => site.Source.OpType is "LSTM" or "GRU" or "RNN"
        ? (2 * site.Direction + (site.Kind == FeatureKind.States ? 1 : 0)) * rows
        : 0;
}
