using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Divisions of integers that end the process: the smallest one divided by -1 is no integer of its type, and the runtime divides without looking
/// (ONNX operators Div and Mod).
/// </summary>
internal static class IntegerDivisions
{
    /// <summary>Refuses a model that divides the smallest integer, or who knows what, by -1.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find numbers in other files.</param>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void Check(ModelProto model, string? file)
    {
        var divisions = model.AllNodes().Where(node => Divides(node) && node.Input.Count == 2).ToList();
        if (divisions.Count == 0) return;

        var constants = Constants(model);
        var lists = ComputedConstants.Of(model, except: node => Divides(node) || ComputedSizes.Grows(node)); // neither is safe to run yet
        foreach (var node in divisions)
            if (IsFatal(Numbers(node.Input[0]), Numbers(node.Input[1])))
                throw new InputException(DiagnosticCode.RuntimeRefuses,
                    $"The {node.OpType} '{Printable.Of(node.Name)}' divides integers by -1, which ends the process where the runtime meets the smallest one. Change the sign with Neg or Mul instead.", file);

        IReadOnlyList<Integers> Numbers(string name) => lists.TryGetValue(name, out var list) ? [Integers.Of(list)]
            : [.. constants[name].Where(tensor => tensor.DataType is (int)DataType.Int32 or (int)DataType.Int64).Select(tensor => Integers.Of(ExternalData.Load(tensor, file)))];
    }

    private static bool Divides(NodeProto node) => node.OpType is "Div" or "Mod";

    // Of what is not constant nobody knows what it holds. That both are computed is as it should be.
    private static bool IsFatal(IReadOnlyList<Integers> dividends, IReadOnlyList<Integers> divisors) =>
        (dividends.Count > 0 || divisors.Count > 0)
        && (dividends.Count == 0 || dividends.Any(numbers => numbers.HoldSmallest))
        && (divisors.Count == 0 || divisors.Any(numbers => numbers.HoldMinusOne));

    // A name may stand for one tensor here and for another in a subgraph.
    private static ILookup<string, TensorProto> Constants(ModelProto model) => model.AllNodes().SelectMany(node => node.Subgraphs()).Prepend(model.Graph)
        .SelectMany(graph => graph.Initializer).Select(tensor => (tensor.Name, Value: (TensorProto?)tensor))
        .Concat(model.AllNodes().Where(node => node.OpType == "Constant" && node.Output.Count > 0).Select(node => (Name: node.Output[0], Value: ConstantValue.Of(node))))
        .Where(pair => pair.Value is not null).ToLookup(pair => pair.Name, pair => pair.Value!);

    private readonly record struct Integers(bool HoldSmallest, bool HoldMinusOne)
    {
        internal static Integers Of(TensorProto tensor)
        {
            var smallest = tensor.DataType == (int)DataType.Int32 ? int.MinValue : long.MinValue;
            var numbers = TensorValues.Integers(tensor);
            return new Integers(numbers.Contains(smallest), numbers.Contains(-1));
        }
    }
}
