namespace FastDeepIoT.Onnx;

/// <summary>
/// Operator knowledge in one table: layers, width groups and rewrites all read it, so that supporting an operator is one entry.
/// </summary>
public static class OperatorTable
{
    private static readonly Dictionary<string, Operator> ByType =
        All().SelectMany(entry => entry.Types.Select(type => (type, entry))).ToDictionary(pair => pair.type, pair => pair.entry);

    /// <summary>What is known of an operator type, or null.</summary>
    public static Operator? Find(string type) => ByType.GetValueOrDefault(type);

    private static IEnumerable<Operator> All() =>
    [
        new(["Conv", "FusedConv"], view => ConvolutionLayers.Describe(view, transposed: false)),
        new(["ConvTranspose"], view => ConvolutionLayers.Describe(view, transposed: true)),
        new(["Gemm", "FusedGemm"], MatrixLayers.Gemm),
        new(["MatMul", "FusedMatMul", "TransposeMatMul"], MatrixLayers.MatMul),
        new(["LSTM", "GRU", "RNN"], RecurrentLayers.Describe),
        new(["MaxPool", "AveragePool", "LpPool"], ElementLayers.Window),
        new(["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"], ElementLayers.GlobalPool),
        new(["Softmax", "LogSoftmax", "Hardmax"], ElementLayers.Softmax),
        new(["LayerNormalization", "SkipLayerNormalization", "SimplifiedLayerNormalization", "SkipSimplifiedLayerNormalization",
             "RMSNormalization"], ElementLayers.LayerNorm),
        new(["BatchNormalization", "InstanceNormalization", "GroupNormalization", "LRN", "LpNormalization", "MeanVarianceNormalization"],
            ElementLayers.ChannelNorm),
        new(["ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare",
             "ReduceLogSum", "ReduceLogSumExp", "ArgMax", "ArgMin"], ElementLayers.Reduction),
        new(["Relu", "Sigmoid", "Tanh", "Clip", "LeakyRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "HardSigmoid", "HardSwish", "Softplus",
             "Softsign", "Mish", "Gelu", "QuickGelu", "Erf", "Exp", "Log", "Sqrt", "Reciprocal", "Neg", "Abs", "Sign", "Floor", "Ceil", "Round",
             "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Not", "IsNaN", "IsInf", "Cast", "CumSum", "Swish"],
            ElementLayers.Unary),
        new(["Add", "Sub", "Mul", "Div", "Pow", "Mod", "Min", "Max", "Sum", "Mean", "PRelu", "Equal", "Less", "LessOrEqual", "Greater",
             "GreaterOrEqual", "And", "Or", "Xor", "Where", "BiasGelu", "FastGelu"], ElementLayers.Broadcast),
        new(["Concat", "Split", "Gather"], MovementLayers.AlongAxis),
        new(["Slice", "Pad", "Expand", "Tile", "DepthToSpace", "SpaceToDepth", "GatherElements", "GatherND", "ScatterElements", "ScatterND",
             "Shape", "ConstantOfShape"], MovementLayers.Rows),
        new(["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity"], MovementLayers.Reshape),
        new(["Resize", "Upsample"], MovementLayers.Resize),
        new(["Transpose"], MovementLayers.Transpose),
    ];
}
