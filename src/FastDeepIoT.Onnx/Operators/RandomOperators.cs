using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Operators whose outputs differ from run to run by design (ONNX operators, and those of the runtime's own domain). What is not in this
/// list and is random all the same, comparison finds by running the original twice.
/// </summary>
internal static class RandomOperators
{
    private static readonly HashSet<string> Types =
        ["RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli", "BiasDropout", "BitmaskDropout", "Sampling"];

    /// <summary>Whether an operator is one of them.</summary>
    internal static bool Contain(string type) => Types.Contains(type);

    /// <summary>The first random operator of a model, its subgraphs and functions included; null when there is none.</summary>
    internal static string? In(ModelProto model) => model.AllNodes().FirstOrDefault(node => Types.Contains(node.OpType))?.OpType;
}
