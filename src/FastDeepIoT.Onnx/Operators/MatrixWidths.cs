namespace FastDeepIoT.Onnx;

/// <summary>Widths through matrix products: the axis summed over is one width of both sides.</summary>
internal static class MatrixWidths
{
    /// <summary>Gemm: [rows, inner] by [inner, columns], either transposed, plus what broadcasts to [rows, columns].</summary>
    internal static WidthRule Gemm { get; } = new(CoupleGemm, AddedGemm);

    /// <summary>MatMul with leading axes that broadcast.</summary>
    internal static WidthRule MatMul { get; } = new(CoupleMatMul, view => AddedFunctions.Linear(view, 0, 1, int.MaxValue));

    private static string? CoupleGemm(Coupling node)
    {
        var (left, right) = (Turned(node, 0, "transA"), Turned(node, 1, "transB"));
        if (left.Count != 2 || right.Count != 2) return "multiplies what are not matrices";

        Contract(node, left[1], right[0], node.Node.IntegerOf("transB", 0) != 0 ? 1 : 0);
        IReadOnlyList<Extent> product = [left[0], right[1]];
        node.Out(0, node.Has(2) ? ElementWidths.BroadcastAxes(node, [product, node.In(2)]) : product);
        return null;
    }

    private static AddedRange? AddedGemm(AddedView view) =>
        view.Node.Has("activation") ? AddedRange.Finite
        : AddedFunctions.Linear(view, 0, 1, 2) is { IsZero: true } zero ? zero
        : view.AddsZero(0) || view.AddsZero(1) ? view.Range(2) * Scale(view) : AddedRange.Finite;

    private static AddedRange Scale(AddedView view)
    {
        var beta = view.Node.NumberOf("beta", 1);
        return new AddedRange(beta, beta);
    }

    private static string? CoupleMatMul(Coupling node)
    {
        if (node.Node.IntegerOf("transBatchA", 0) != 0 || node.Node.IntegerOf("transBatchB", 0) != 0) return "transposes leading axes";

        var (left, right) = (Turned(node, 0, "transA"), Turned(node, 1, "transB"));
        if (left.Count == 0 || right.Count == 0) return "multiplies scalars";

        Contract(node, left[^1], right.Count > 1 ? right[^2] : right[0], right.Count != 2 ? null : node.Node.IntegerOf("transB", 0) != 0 ? 1 : 0);
        IReadOnlyList<Extent> leftBatch = [.. left.Take(left.Count - 2)], rightBatch = [.. right.Take(right.Count - 2)];
        var batch = ElementWidths.BroadcastAxes(node, [leftBatch, rightBatch]);
        node.Out(0, [.. batch, .. left.Count > 1 ? left.Skip(left.Count - 2).Take(1) : [], .. right.Count > 1 ? right.TakeLast(1) : []]);
        return null;
    }

    private static void Contract(Coupling node, Extent left, Extent right, int? rightAxis)
    {
        node.Unify(left, right);
        node.Contract(0, 1, left, rightAxis);
    }

    private static IReadOnlyList<Extent> Turned(Coupling node, int input, string attribute)
    {
        var axes = node.In(input);
        return node.Node.IntegerOf(attribute, 0) == 0 || axes.Count < 2 ? axes : [.. axes.Take(axes.Count - 2), axes[^1], axes[^2]];
    }
}
