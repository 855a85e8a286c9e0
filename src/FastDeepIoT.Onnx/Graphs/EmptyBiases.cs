using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Normalizations that list a bias and name none, as torch.onnx writes those without one (ONNX operator LayerNormalization). That is ONNX, but the
/// runtime reads the bias while it fuses operators, and ends the process.
/// </summary>
public static class EmptyBiases
{
    private const int Bias = 2;

    /// <summary>The names of the normalizations, in subgraphs and functions too; the name of its output for one without a name.</summary>
    public static IReadOnlyList<string> Of(ModelProto model) => [.. Nodes(model).Select(node => node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? node.OpType)];

    /// <summary>Takes the empty names out of a model, which means the same.</summary>
    public static void Remove(ModelProto model)
    {
        foreach (var node in Nodes(model)) node.Input.RemoveAt(Bias);
    }

    /// <summary>Refuses a model with such a normalization.</summary>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void Check(ModelProto model, string? file)
    {
        if (Of(model) is [var first, ..])
            throw new InputException(DiagnosticCode.RuntimeRefuses,
                $"The LayerNormalization '{Printable.Of(first)}' lists a bias without a name, at which ONNX Runtime ends the process while it loads the model. 'fastdeepiot lint --fix out.onnx' writes a copy that loads.", file);
    }

    private static IEnumerable<NodeProto> Nodes(ModelProto model) =>
        model.AllNodes().Where(node => node.OpType == "LayerNormalization" && node.Input.Count == Bias + 1 && node.Input[Bias].Length == 0);
}
