using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Divisions of integers that end the process: the smallest one divided by -1 is no integer of its type, and the runtime divides without looking
/// (ONNX operators Div and Mod).
/// </summary>
public static class IntegerDivisions
{
    /// <summary>Which division may end the process when the model runs, as a clause; null when none is known to.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find numbers in other files.</param>
    public static string? Problem(ModelProto model, string? file) => Fatal(model, file).Select(Clause).FirstOrDefault();

    /// <summary>Refuses a model with a division that may end the process while it is loaded: the runtime computes what it can from constants and sizes.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find numbers in other files.</param>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void CheckLoading(ModelProto model, string? file) => Check(Fatal(model, file).Where(division => division.IsConstant), file);

    /// <summary>Refuses a model with a division that may end the process when it runs.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find numbers in other files.</param>
    /// <exception cref="InputException">FDI3010.</exception>
    public static void CheckRunning(ModelProto model, string? file) => Check(Fatal(model, file), file);

    /// <summary>Whether a node divides.</summary>
    internal static bool Divides(NodeProto node) => node.OpType is "Div" or "Mod";

    private static void Check(IEnumerable<IntegerDivision> fatal, string? file)
    {
        foreach (var division in fatal) throw new InputException(DiagnosticCode.RuntimeRefuses, $"The model cannot be run: {Clause(division)}.", file);
    }

    private static IEnumerable<IntegerDivision> Fatal(ModelProto model, string? file) =>
        model.AllNodes().Any(Divides) ? IntegerRanges.Divisions(model, file).Where(division => division.Dividend.MayEnd(division.Divisor)) : [];

    private static string Clause(IntegerDivision division) =>
        $"the {division.Node.OpType} '{Printable.Of(division.Node.Name)}' may divide the smallest integer by -1, which ends the process. Divide by numbers known to be positive, or change signs with Neg or Mul";
}
