using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>Layers of Gemm and MatMul (and of their fused forms).</summary>
internal static class MatrixLayers
{
    internal static Layer? Gemm(NodeView view)
    {
        if (view.Input(0) is not { Count: 2 } left || view.Output(0) is not { Count: 2 } output) return null;

        var inner = view.Node.IntegerOf("transA", 0) != 0 ? left[0] : left[1];
        return Layers.MatrixProduct(1, output[0], inner, output[1], view.IsConstant(1), Activations.Of(view.Node.TextOf("activation", "")));
    }

    // A constant matrix on the right is multiplied with all rows at once; otherwise every leading index is a product of its own.
    internal static Layer? MatMul(NodeView view)
    {
        if (view.Input(0) is not { Count: > 0 } left || view.Input(1) is not { Count: > 0 } right || view.Output(0) is not { } output) return null;

        var inner = view.Node.IntegerOf("transA", 0) != 0 && left.Count > 1 ? left[^2] : left[^1];
        var columns = right.Count == 1 ? 1 : view.Node.IntegerOf("transB", 0) != 0 ? right[^2] : right[^1];
        var allRows = (long)(output.Elements() / Math.Max(1, columns));
        if (right.Count <= 2) return Layers.MatrixProduct(1, allRows, inner, columns, view.IsConstant(1));

        var products = (long)right.Take(right.Count - 2).Elements();
        return Layers.MatrixProduct(products, allRows / Math.Max(1, products), inner, columns, view.IsConstant(1));
    }
}
