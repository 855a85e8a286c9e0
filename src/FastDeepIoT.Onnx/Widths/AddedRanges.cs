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

    private readonly Func<string, Width, AddedRange> _constants;

    /// <summary>Starts before the first node.</summary>
    /// <param name="analysis">The analysis whose nodes will be followed.</param>
    /// <param name="constants">What a constant holds at the elements in question.</param>
    internal AddedRanges(WidthAnalysis analysis, Func<string, Width, AddedRange> constants) => (_analysis, _constants) = (analysis, constants);

    /// <summary>Fixes the widths that padding would make unsafe.</summary>
    internal static void Check(WidthAnalysis analysis)
    {
        var ranges = new AddedRanges(analysis, (constant, _) => analysis.FillWithOne.Contains(constant) ? new AddedRange(1, 1) : AddedRange.Zero);
        foreach (var node in analysis.Understood) ranges.Visit(node);
    }

    /// <summary>Follows the elements of one width through a node, as far as they stay finite.</summary>
    internal void Follow(Coupling node, Width width)
    {
        var range = AddedBy(node, width) ?? AddedRange.Finite;
        foreach (var output in node.Node.Output.Where(name => name.Length > 0 && Carries(name, width))) _added[(output, width)] = range;
    }

    internal bool Carries(string tensor, Width width) => (_analysis.AxesOf(tensor) ?? []).Any(axis => _analysis.Solver.Resolve(axis).Leaves().Contains(width));

    internal AddedRange Of(string tensor, Width? width)
    {
        if (width is null || !Carries(tensor, width)) return Always(tensor);
        if (_added.TryGetValue((tensor, width), out var range)) return range;
        return _analysis.Graph.Constant(tensor) is null ? AddedRange.Finite : _constants(tensor, width);
    }

    private void Visit(Coupling node)
    {
        foreach (var (left, right, over, _) in node.Contractions)
            foreach (var width in _analysis.Solver.Open(over).ToList())
                if (!Of(node.Node.Input[left], width).IsZero && !(right is { } other && Of(node.Node.Input[other], width).IsZero))
                    node.Fix(width, "sums over it what would not be zero");

        var always = AddedBy(node, null) ?? AddedRange.Finite;
        foreach (var output in node.Node.Output.Where(name => name.Length > 0))
        {
            _always[output] = always;
            foreach (var width in (_analysis.AxesOf(output) ?? []).SelectMany(_analysis.Solver.Open).Distinct().ToList())
                if (AddedBy(node, width) is { } range) _added[(output, width)] = range;
                else node.Fix(width, "might not give a finite number for added elements");
        }
    }

    private AddedRange? AddedBy(Coupling node, Width? width) => OperatorTable.Find(node.Node.OpType)!.Widths!.Added(new AddedView(node, width, this));

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
