using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization;

/// <summary>Finds the places of a model where constant weights sum over channels.</summary>
internal static class ReaderSites
{
    private const int Weights = 1, States = 2, RecurrentBias = 3;

    /// <summary>The sites in running order.</summary>
    internal static IReadOnlyList<ReaderSite> Of(WidthGroups groups) =>
        groups.Graph.Graph.Node.SelectMany((node, index) => Of(groups, node, index)).ToList();

    private static IEnumerable<ReaderSite> Of(WidthGroups groups, NodeProto node, int index) => node.OpType switch
    {
        "Conv" => Convolution(groups, node, index),
        "Gemm" => Matrix(groups, node, index, turned: node.IntegerOf("transB", 0) == 0, biasInput: 2, plain: node.IntegerOf("transA", 0) == 0
            && node.NumberOf("alpha", 1) == 1 && node.NumberOf("beta", 1) == 1),
        "MatMul" => Matrix(groups, node, index, turned: true, biasInput: -1, plain: true),
        "BatchNormalization" when PlainNormalizations.IsPlain(node, groups.Graph.Constant) => Normalization(groups, node, index),
        "LSTM" or "GRU" or "RNN" => Recurrent(groups, node, index),
        _ => [],
    };

    private static IEnumerable<ReaderSite> Convolution(WidthGroups groups, NodeProto node, int index)
    {
        if (Axes(groups, node, Weights) is not { Count: >= 3 } axes || groups.AxesOf(node.Input[0]) is not [_, var channels, ..]) yield break;

        var kernel = (int)axes.Skip(2).Aggregate(1L, (product, axis) => product * axis.Size);
        var count = node.IntegerOf("group", 1);
        if (count != 1 && (axes[1].Size != 1 || axes[0].Size != channels.Size || node.IntegerOf("group", 1) != channels.Size)) yield break;
        if (node.TextOf("auto_pad", "NOTSET") != "NOTSET") yield break;

        yield return new ReaderSite
        {
            Node = index,
            Key = node.Output[0],
            Input = node.Input[0],
            Kind = FeatureKind.Windows,
            WeightInput = Weights,
            BiasInput = 2,
            Kernel = kernel,
            KernelShape = [.. axes.Skip(2).Select(axis => (int)axis.Size)],
            Depthwise = count != 1,
            Columns = count == 1 ? axes[1] : channels,
            Rows = axes[0],
            Source = node,
        };
    }

    // A depthwise convolution with a kernel of one element.
    private static IEnumerable<ReaderSite> Normalization(WidthGroups groups, NodeProto node, int index)
    {
        if (Axes(groups, node, Weights) is not { Count: 1 } axes || groups.AxesOf(node.Input[0]) is not [_, var channels, ..] input) yield break;

        yield return new ReaderSite
        {
            Node = index,
            Key = node.Output[0],
            Input = node.Input[0],
            Kind = FeatureKind.Windows,
            WeightInput = Weights,
            BiasInput = 2,
            Kernel = 1,
            KernelShape = [.. Enumerable.Repeat(1, input.Count - 2)],
            Depthwise = true,
            Columns = channels,
            Rows = axes[0],
            Source = node,
        };
    }

    private static IEnumerable<ReaderSite> Matrix(WidthGroups groups, NodeProto node, int index, bool turned, int biasInput, bool plain)
    {
        if (!plain || Axes(groups, node, Weights) is not { Count: 2 } axes || groups.Graph.Constant(node.Input[0]) is not null) yield break;

        yield return new ReaderSite
        {
            Node = index,
            Key = node.Output[0],
            Input = node.Input[0],
            Kind = FeatureKind.LastAxis,
            WeightInput = Weights,
            BiasInput = HasPlainBias(groups, node, biasInput) ? biasInput : -1,
            Kernel = 1,
            Transposed = turned,
            Columns = axes[turned ? 0 : 1],
            Rows = axes[turned ? 1 : 0],
            Source = node,
        };
    }

    private static IEnumerable<ReaderSite> Recurrent(WidthGroups groups, NodeProto node, int index)
    {
        if (node.IntegerOf("layout", 0) != 0 || Axes(groups, node, Weights) is not { Count: 3 } input || Axes(groups, node, States) is not { Count: 3 } state) yield break;

        var site = new ReaderSite
        {
            Node = index,
            Key = KeyOf(node),
            Input = node.Input[0],
            Kind = FeatureKind.LastAxis,
            WeightInput = Weights,
            BiasInput = RecurrentBias,
            Kernel = 1,
            Columns = input[2],
            Rows = input[1],
            Source = node,
        };
        for (var direction = 0; direction < (int)input[0].Size; direction++) yield return site with { Direction = direction };
        if (node.Output[0].Length == 0) yield break;

        for (var direction = 0; direction < (int)state[0].Size; direction++)
            yield return site with { Input = node.Output[0], Kind = FeatureKind.States, WeightInput = States, Direction = direction, Columns = state[2], Rows = state[1] };
    }

    private static string KeyOf(NodeProto node) => node.Output.First(name => name.Length > 0);

    // A bias that is one number a column; one that broadcasts otherwise is left alone.
    private static bool HasPlainBias(WidthGroups groups, NodeProto node, int input) =>
        input > 0 && (node.Input.Count <= input || node.Input[input].Length == 0 || Axes(groups, node, input) is { Count: 1 } axes && axes[0].Size > 1);

    private static IReadOnlyList<Extent>? Axes(WidthGroups groups, NodeProto node, int input) =>
        node.Input.Count > input && groups.Graph.Constant(node.Input[input]) is { DataType: (int)DataType.Float, DataLocation: not DataLocation.External }
            ? groups.AxesOf(node.Input[input])
            : null;
}
