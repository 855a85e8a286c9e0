using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;

namespace FastDeepIoT.Optimization.Tests.Verification;

/// <summary>The networks with open widths, and for every operator with one or two inputs a network around it.</summary>
internal static class OperatorNetworks
{
    private static readonly string[] Unary =
    [
        "Relu", "Sigmoid", "Tanh", "LeakyRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "HardSigmoid", "HardSwish", "Softplus", "Softsign", "Mish",
        "Gelu", "Erf", "Exp", "Log", "Sqrt", "Reciprocal", "Neg", "Abs", "Sign", "Floor", "Ceil", "Round", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan",
        "Sinh", "Cosh", "Identity", "QuickGelu", "Swish",
    ];

    private static readonly string[] Binary = ["Add", "Sub", "Mul", "Div", "Pow", "Mod", "Min", "Max", "Sum", "Mean"];

    private static readonly string[] Comparing = ["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"];

    private static readonly string[] Reducing =
        ["ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp"];

    private static readonly string[] Pooling = ["MaxPool", "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"];

    /// <summary>All networks, by name.</summary>
    internal static IReadOnlyDictionary<string, Func<ModelProto>> All { get; } = Make();

    /// <summary>The operators of the table that have a rule for widths, as far as they are operators of a file and not of the runtime's own making.</summary>
    internal static IEnumerable<string> WithWidths => OperatorTable.Types.Where(type => OperatorTable.Find(type)!.HasWidths && !OfRuntime.Contains(type) && !type.EndsWith(FlatModel.Begin, StringComparison.Ordinal));

    // What only the runtime's fusions make, and what needs its domain.
    private static readonly string[] OfRuntime = ["FusedConv", "FusedGemm", "FusedMatMul", "TransposeMatMul", "BiasGelu", "FastGelu", "Upsample"];

    private static Dictionary<string, Func<ModelProto>> Make()
    {
        var all = OpenNetworks.All.ToDictionary(pair => pair.Key, pair => pair.Value.Make);

        // With Relu, one of the channels is zero from some block on whatever goes in, and what is done to it is not there to be seen.
        all["long chain of residual adds"] = LongResidual;
        foreach (var type in Unary) all[type] = () => Between((b, x) => OfUnary(b, type, x), opset: OpsetOf(type));
        foreach (var type in Binary) all[type] = () => Between((b, x) => b.Node(type, type == "Mod" ? [x, b.Conv(x, 5, 5)] : [x, b.Node(type == "Div" ? "Exp" : "Relu", [x])], type == "Mod" ? [("fmod", 1L)] : []));
        foreach (var type in Comparing) all[type] = () => Between((b, x) =>
        {
            // What is equal are signs: two sums never are.
            var y = b.Conv(x, 5, 5);
            string[] sides = type == "Equal" ? [b.Node("Sign", [x]), b.Node("Sign", [y])] : [x, y];
            return b.Node("Add", [y, b.Node("Mul", [x, b.Node("Cast", [b.Node(type, sides)], ("to", 1L))])]);
        });
        foreach (var type in Reducing) all[type] = () => Between((b, x) => b.Node(type, type == "ReduceSum" ? [x, b.Integers(2, 3)] : [type == "ReduceLogSum" ? b.Node("Abs", [x]) : x], type == "ReduceSum" ? [] : [("axes", new long[] { 2, 3 })]));
        foreach (var type in Pooling) all[type] = () => Between((b, x) => b.Node(type, [x], type.StartsWith("Global", StringComparison.Ordinal) ? [] : [("kernel_shape", new long[] { 2, 2 })]));
        foreach (var (name, make) in Others()) all[name] = make;
        return all;
    }

    private static ModelProto LongResidual()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 6);
        for (var block = 0; block < 40; block++) x = b.Node("LeakyRelu", [b.Node("Add", [x, b.Conv(x, 6, 6, kernel: 1)])], ("alpha", 0.1f));
        return b.Output(b.Conv(x, 6, 4));
    }

    private static IEnumerable<(string, Func<ModelProto>)> Others()
    {
        yield return ("Where", () => Between((b, x) => b.Node("Where", [b.Node("Greater", [x, b.Scalar(0.1f)]), x, b.Node("Neg", [x])])));
        yield return ("logic", () => Between((b, x) =>
        {
            var (one, two) = (b.Node("Greater", [x, b.Scalar(0.1f)]), b.Node("Less", [x, b.Scalar(0.2f)]));
            var mixed = b.Node("Xor", [b.Node("And", [one, two]), b.Node("Or", [one, b.Node("Not", [two])])]);
            return b.Node("Mul", [x, b.Node("Cast", [mixed], ("to", 1L))]);
        }));
        yield return ("IsNaN", () => Between((b, x) => b.Node("Add", [x, b.Node("Cast", [b.Node("IsNaN", [x])], ("to", 1L))])));
        yield return ("IsInf", () => Between((b, x) => b.Node("Add", [x, b.Node("Cast", [b.Node("IsInf", [x])], ("to", 1L))])));
        yield return ("CumSum", () => Between((b, x) => b.Node("CumSum", [x, Axis(b, 2)])));
        yield return ("Gather", () => Between((b, x) => b.Node("Gather", [x, b.Integers(3, 1, 0)], ("axis", 2L))));
        yield return ("Pad", () => Between((b, x) => b.Node("Pad", [x, b.Integers(0, 0, 1, 1, 0, 0, 1, 1)])));
        yield return ("Expand", () => Between((b, x) => b.Node("Expand", [b.Node("GlobalMaxPool", [x]), b.Integers(1, 5, 4, 4)])));
        yield return ("Tile", () => Between((b, x) => b.Node("Tile", [x, b.Integers(1, 1, 2, 1)])));
        yield return ("SpaceToDepth", () => Between((b, x) => b.Node("SpaceToDepth", [x], ("blocksize", 2L)), readerInputs: 20));
        yield return ("Squeeze", () => Between((b, x) => b.Node("Unsqueeze", [b.Node("Squeeze", [x, b.Integers(0)]), b.Integers(0)])));
        yield return ("Dropout", () => Between((b, x) => b.Node("Dropout", [x])));
        yield return ("Clip", () => Between((b, x) => b.Node("Clip", [x, b.Scalar(-0.5f), b.Scalar(6)])));
        yield return ("PRelu", () => Between((b, x) => b.Node("PRelu", [x, b.Weights(5, 1, 1)])));
        yield return ("InstanceNormalization", () => Between((b, x) => b.Node("InstanceNormalization", [x, b.Weights(5), b.Weights(5)])));
        yield return ("ReduceMax over rows", () => Between((b, x) => b.Node("ReduceMax", [x], ("axes", new long[] { 2 }))));
        yield return ("Softmax over rows", () => Between((b, x) => b.Node("Softmax", [x], ("axis", 3L))));
        yield return ("Flatten", () => Flat());
        yield return ("RNN", () => Recurrent());
    }

    private static string Axis(ModelBuilder b, long axis)
    {
        b.Model.Graph.Initializer.Add(new TensorProto { Name = "axis", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { axis } });
        return "axis";
    }

    private static ModelProto Flat()
    {
        var b = new ModelBuilder();
        return b.Output(b.Gemm(b.Node("Flatten", [b.Node("LeakyRelu", [b.Conv(b.Input(1, 3, 4, 4), 3, 5)])]), 80, 6));
    }

    private static ModelProto Recurrent()
    {
        var b = new ModelBuilder();
        var x = b.Nodes("RNN", [b.Input(6, 1, 3), b.Weights(1, 5, 3), b.Weights(1, 5, 5), b.Weights(1, 10)], 1, ("hidden_size", 5L))[0];
        return b.Output(b.Node("MatMul", [b.Node("Squeeze", [x, b.Integers(1)]), b.Weights(5, 2)]));
    }

    private static ModelProto Between(Func<ModelBuilder, string, string> middle, long readerInputs = 5, long opset = 17)
    {
        var b = new ModelBuilder(opset);
        var model = b.Output(b.Conv(middle(b, b.Conv(b.Input(1, 3, 8, 8), 3, 5)), readerInputs, 4));
        foreach (var node in model.Graph.Node.Where(node => node.OpType == "QuickGelu"))
        {
            node.Domain = "com.microsoft";
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = node.Domain, Version = 1 });
        }

        return model;
    }

    // Steps hide small errors and roots of negative numbers all of them: both are seen through a product.
    private static string OfUnary(ModelBuilder b, string type, string x) => type switch
    {
        "Sqrt" or "Log" => b.Node(type, [b.Node("Abs", [x])]),
        "Sign" or "Floor" or "Ceil" or "Round" => b.Node("Mul", [x, b.Node(type, [x])]),
        _ => b.Node(type, [x]),
    };

    // The version of the operator set that brought an operator.
    private static long OpsetOf(string type) => type switch { "Swish" => 24, "Gelu" => 20, "Mish" => 18, _ => 17 };
}
