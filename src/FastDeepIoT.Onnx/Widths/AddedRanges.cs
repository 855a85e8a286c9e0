using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Follows through the graph what added elements would hold. Fixes the widths whose added elements might not be finite, or would
/// be summed without being zero.
/// </summary>
internal sealed class AddedRanges
{
    // Longer constants are not read for their bounds: any finite number is assumed.
    private const int LongestBounded = 4096;

    private readonly WidthAnalysis _analysis;
    private readonly Dictionary<(string Tensor, Width Width), AddedRange> _added = [];
    private readonly Dictionary<string, AddedRange> _always = [];

    private AddedRanges(WidthAnalysis analysis) => _analysis = analysis;

    /// <summary>Fixes the widths that padding would make unsafe.</summary>
    internal static void Check(WidthAnalysis analysis)
    {
        var ranges = new AddedRanges(analysis);
        foreach (var node in analysis.Understood) ranges.Visit(node);
    }

    internal bool Carries(string tensor, Width width) => _analysis.AxesOf(tensor)!.Any(axis => _analysis.Solver.Resolve(axis).Leaves().Contains(width));

    internal AddedRange Of(string tensor, Width? width)
    {
        if (width is null || !Carries(tensor, width)) return Always(tensor);
        if (_added.TryGetValue((tensor, width), out var range)) return range;
        if (_analysis.Graph.Constant(tensor) is null) return AddedRange.Finite;
        return _analysis.FillWithOne.Contains(tensor) ? new AddedRange(1, 1) : AddedRange.Zero;
    }

    private void Visit(Coupling node)
    {
        foreach (var (left, right, over) in node.Contractions)
            foreach (var width in _analysis.Solver.Open(over).ToList())
                if (!Of(node.Node.Input[left], width).IsZero && !(right is { } other && Of(node.Node.Input[other], width).IsZero))
                    node.Fix(width, "sums over it what would not be zero");

        var added = OperatorTable.Find(node.Node.OpType)!.Widths!.Added;
        var always = added(new AddedView(node, null, this)) ?? AddedRange.Finite;
        foreach (var output in node.Node.Output.Where(name => name.Length > 0))
        {
            _always[output] = always;
            foreach (var width in (_analysis.AxesOf(output) ?? []).SelectMany(_analysis.Solver.Open).Distinct().ToList())
                if (added(new AddedView(node, width, this)) is { } range) _added[(output, width)] = range;
                else node.Fix(width, "might not give a finite number for added elements");
        }
    }

    private AddedRange Always(string tensor)
    {
        if (_always.TryGetValue(tensor, out var known)) return known;

        var constant = _analysis.Graph.Constant(tensor);
        return _always[tensor] = constant is null ? AddedRange.Finite : Bounds(constant);
    }

    private static AddedRange Bounds(TensorProto constant)
    {
        if (constant.Dims.Aggregate(1L, (product, size) => product * size) > LongestBounded) return AddedRange.Finite;

        var values = TensorValues.Numbers(constant);
        return values.Count == 0 || values.Any(value => !double.IsFinite(value))
            ? AddedRange.Finite
            : new AddedRange(values.Min(), values.Max());
    }
}
