using FastDeepIoT.Onnx.Format;

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

    /// <summary>All operator types of the table.</summary>
    internal static IEnumerable<string> Types => ByType.Keys;

    /// <summary>The node itself, or one whose shapes the runtime infers in its place.</summary>
    internal static NodeProto WithShapes(NodeProto node) => node.Domain is "" or "ai.onnx" && Find(node.OpType)?.Twin is { } twin ? twin(node) : node;

    private static IEnumerable<Operator> All() =>
    [
        new(["Conv", "FusedConv"], view => ConvolutionLayers.Describe(view, transposed: false)) { Widths = ConvolutionWidths.Plain, NeedsElements = true },
        new(["ConvTranspose"], view => ConvolutionLayers.Describe(view, transposed: true)) { Widths = ConvolutionWidths.Transposed, NeedsElements = true },
        new(["Gemm", "FusedGemm"], MatrixLayers.Gemm) { Widths = MatrixWidths.Gemm, NeedsElements = true },
        new(["MatMul", "FusedMatMul", "TransposeMatMul"], MatrixLayers.MatMul) { Widths = MatrixWidths.MatMul, NeedsElements = true },
        new(["LSTM", "GRU", "RNN"], RecurrentLayers.Describe) { Widths = RecurrentWidths.Rule, NeedsElements = true },
        new(["MaxPool", "AveragePool", "LpPool"], ElementLayers.Window) { Widths = ElementWidths.Window, NeedsElements = true, Integers = IntegerRules.Pooled },
        new(["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"], ElementLayers.GlobalPool) { Widths = ElementWidths.GlobalPool, NeedsElements = true },
        new(["Softmax", "LogSoftmax", "Hardmax"], ElementLayers.Softmax) { Widths = NormalizationWidths.Softmax, NeedsElements = true },
        new(["LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization"], ElementLayers.LayerNorm) { Widths = NormalizationWidths.Layer, NeedsElements = true },
        new(["SkipLayerNormalization", "SkipSimplifiedLayerNormalization"], ElementLayers.LayerNorm) { NeedsElements = true },
        new(["BatchNormalization"], ElementLayers.ChannelNorm) { Widths = NormalizationWidths.Batch, NeedsElements = true },
        new(["InstanceNormalization"], ElementLayers.ChannelNorm) { Widths = NormalizationWidths.Instance, NeedsElements = true },
        new(["LRN", "LpNormalization", "MeanVarianceNormalization"], ElementLayers.ChannelNorm) { Widths = NormalizationWidths.AcrossChannels, NeedsElements = true },
        new(["GroupNormalization"], ElementLayers.ChannelNorm) { Widths = NormalizationWidths.Group, NeedsElements = true },
        new(["ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare",
             "ReduceLogSum", "ReduceLogSumExp", "ArgMax", "ArgMin"], ElementLayers.Reduction) { Widths = ReductionWidths.Rule, NeedsElements = true, Integers = IntegerRules.Reduced },
        new(["Relu", "Sigmoid", "Tanh", "LeakyRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "HardSigmoid", "HardSwish", "Softplus",
             "Softsign", "Mish", "Gelu", "QuickGelu", "Erf", "Exp", "Log", "Sqrt", "Reciprocal", "Neg", "Abs", "Sign", "Floor", "Ceil", "Round",
             "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Not", "IsNaN", "IsInf", "Cast", "Swish"],
            ElementLayers.Unary) { Widths = ElementWidths.Unary, Integers = IntegerRules.Unary },
        new(["Clip"], ElementLayers.Unary) { Widths = ElementWidths.Clip },
        new(["CumSum"], ElementLayers.Unary) { Widths = ElementWidths.RunningSum },
        new(["Add", "Sub", "Mul", "Div", "Pow", "Mod", "Min", "Max", "Sum", "Mean", "PRelu", "Equal", "Less", "LessOrEqual", "Greater",
             "GreaterOrEqual", "And", "Or", "Xor", "Where", "BiasGelu", "FastGelu"], ElementLayers.Broadcast) { Widths = ElementWidths.Broadcast, Integers = IntegerRules.Binary },
        new(["Concat"], MovementLayers.AlongAxis) { Widths = MovementWidths.Concat, Integers = IntegerRules.Joined },
        new(["Split"], MovementLayers.AlongAxis) { Widths = MovementWidths.Split, Integers = IntegerRules.Moved },
        new(["Gather"], MovementLayers.AlongAxis) { Widths = MovementWidths.Gather, Integers = IntegerRules.Moved },
        new(["Slice"], MovementLayers.Rows) { Widths = WindowWidths.Slice, Integers = IntegerRules.Moved },
        new(["Pad"], MovementLayers.Rows) { Widths = WindowWidths.Pad, Integers = IntegerRules.Mixed },
        new(["Resize", "Upsample"], MovementLayers.Resize) { Widths = WindowWidths.Resize },
        new(["Expand"], MovementLayers.Rows) { Widths = MovementWidths.Expand, GrowsBySizes = true, Integers = IntegerRules.Moved },
        new(["Tile"], MovementLayers.Rows) { Widths = MovementWidths.Tile, GrowsBySizes = true, Integers = IntegerRules.Moved },
        new(["DepthToSpace"], MovementLayers.Rows) { Widths = MovementWidths.DepthToSpace, Integers = IntegerRules.Moved },
        new(["SpaceToDepth"], MovementLayers.Rows) { Widths = MovementWidths.SpaceToDepth, Integers = IntegerRules.Moved },
        new(["Reshape"], MovementLayers.Reshape) { Widths = ReshapeWidths.Reshape, Integers = IntegerRules.Moved },
        new(["Flatten"], MovementLayers.Reshape) { Widths = ReshapeWidths.Flatten, Integers = IntegerRules.Moved },
        new(["Squeeze"], MovementLayers.Reshape) { Widths = ReshapeWidths.Squeeze, Integers = IntegerRules.Moved },
        new(["Unsqueeze"], MovementLayers.Reshape) { Widths = ReshapeWidths.Unsqueeze, Integers = IntegerRules.Moved },
        new(["Identity"], MovementLayers.Reshape) { Widths = ElementWidths.Unary, Integers = IntegerRules.Moved },
        new(["Shape"], MovementLayers.Rows) { Widths = SizeWidths.Shape, Integers = IntegerRules.Count },
        new(["ConstantOfShape"], MovementLayers.Rows) { Widths = SizeWidths.ConstantOfShape, GrowsBySizes = true, Integers = IntegerRules.Filled },
        new(["GatherElements", "GatherND"], MovementLayers.Rows) { Integers = IntegerRules.Moved },
        new(["ScatterElements", "ScatterND"], MovementLayers.Rows) { Integers = IntegerRules.Mixed },
        new(["Transpose"], MovementLayers.Transpose) { Widths = MovementWidths.Transpose, Integers = IntegerRules.Moved },
        new(["If"], _ => null) { Widths = SubgraphWidths.Branches },
        new(["Loop.Begin"], _ => null) { Widths = SubgraphWidths.LoopBegin },
        new(["Loop"], _ => null) { Widths = SubgraphWidths.Loop },
        new(["Scan.Begin"], _ => null) { Widths = SubgraphWidths.ScanBegin },
        new(["Scan"], _ => null) { Widths = SubgraphWidths.Scan },
        new(["Size", "NonZero"], _ => null) { IsDescribed = false, NeedsElements = true, Integers = IntegerRules.Count },
        new(["TopK"], _ => null) { IsDescribed = false, NeedsElements = true, Integers = IntegerRules.Largest },
        new(["Range"], _ => null) { IsDescribed = false, NeedsElements = true, Integers = IntegerRules.Between },
        new(["ImageScaler", "Affine"], RetiredOperators.Scale) { Twin = RetiredOperators.SameShape },
        new(["Crop"], RetiredOperators.Crop) { Twin = RetiredOperators.Slice },
        new(["Dropout"], MovementLayers.Rows) { Widths = ElementWidths.Dropout, Integers = IntegerRules.Moved },
    ];
}
