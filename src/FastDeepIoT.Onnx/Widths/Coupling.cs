using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// One node, as the rule that couples its widths sees it. A rule reads the axes of the inputs, makes equal what must stay equal,
/// and says what the axes of the outputs are. All inputs present have axes when a rule is called.
/// </summary>
internal sealed class Coupling(WidthAnalysis analysis, int index)
{
    private readonly HashSet<int> _valuesRead = [];

    /// <summary>The node's place in the graph.</summary>
    internal int Index => index;

    /// <summary>The node.</summary>
    internal NodeProto Node { get; } = analysis.Graph.Graph.Node[index];

    /// <summary>The version of the standard operator set.</summary>
    internal long Opset => analysis.Opset;

    /// <summary>Pairs of inputs whose products are summed over an extent: what is added there must be zero in one of them.</summary>
    internal List<Contraction> Contractions { get; } = [];

    /// <summary>What was cut off or only measured: it may change without being in an output.</summary>
    internal List<Extent> Dropped { get; } = [];

    /// <summary>Inputs whose sizes were followed.</summary>
    internal IReadOnlySet<int> ValuesRead => _valuesRead;

    /// <summary>Whether the node has an input at that position.</summary>
    internal bool Has(int input) => input < Node.Input.Count && Node.Input[input].Length > 0;

    /// <summary>Whether the node has an output at that position.</summary>
    internal bool HasOutput(int output) => output < Node.Output.Count && Node.Output[output].Length > 0;

    /// <summary>The axes of an input that is present, bindings followed.</summary>
    internal IReadOnlyList<Extent> In(int input) => analysis.AxesOf(Node.Input[input])!.Select(analysis.Solver.Resolve).ToList();

    /// <summary>Number of inputs.</summary>
    internal int InputCount => Node.Input.Count;

    /// <summary>Says what the axes of an output are.</summary>
    internal void Out(int output, params IEnumerable<Extent> axes)
    {
        if (HasOutput(output)) analysis.SetAxes(Node.Output[output], axes.ToList());
    }

    /// <summary>The size of an output's axis as the runtime infers it, as an extent that cannot change.</summary>
    internal FixedExtent Inferred(int output, int axis) =>
        HasOutput(output) && analysis.Graph.Shapes.Find(Node.Output[output])?.Shape is { } shape && axis < shape.Count
            ? new FixedExtent(shape[axis])
            : new FixedExtent(Extent.Unknown);

    /// <summary>Makes two extents equal and returns one of them.</summary>
    internal Extent Unify(Extent left, Extent right, string otherwise = "couples widths of different structure")
    {
        analysis.Solver.Unify(left, right, Reason(otherwise));
        return left;
    }

    /// <summary>Makes two extents equal in size, whatever their layout, and returns the first.</summary>
    internal Extent SameSize(Extent extent, Extent size)
    {
        if (!analysis.Solver.HaveSameSize(extent, size)) Unify(extent, size, "computes with sizes");
        return extent;
    }

    /// <summary>Keeps widths as they are.</summary>
    internal void Fix(Extent extent, string why) => analysis.Solver.Fix(extent, Reason(why));

    /// <summary>As <see cref="Fix(Extent, string)"/>, for several axes.</summary>
    internal void Fix(IEnumerable<Extent> extents, string why)
    {
        foreach (var extent in extents) Fix(extent, why);
    }

    /// <summary>Keeps the axes from one on as they are: positions in space or time.</summary>
    internal void FixPositions(IReadOnlyList<Extent> axes, int from = 2) => Fix(axes.Skip(from), "works on this axis as positions");

    /// <summary>Keeps the kernel axes of convolution weights: nobody expects them to change.</summary>
    internal void FixKernel(IReadOnlyList<Extent> weights)
    {
        foreach (var axis in weights.Skip(2)) analysis.Solver.Fix(axis, null);
    }

    /// <summary>A new width.</summary>
    internal Extent Fresh(long size) => analysis.Solver.Fresh(size);

    /// <summary>Nested extents, outermost first.</summary>
    internal Extent Product(params IEnumerable<Extent> factors) => analysis.Solver.Product(factors);

    /// <summary>Extents one after the other.</summary>
    internal Extent Sum(params IEnumerable<Extent> terms) => analysis.Solver.Sum(terms);

    /// <summary>Cuts an extent behind its first elements.</summary>
    internal (Extent Head, Extent Tail) Cut(Extent extent, long at) => analysis.Solver.Cut(extent, at, Reason("cuts a width into parts"));

    /// <summary>The extent with bindings followed.</summary>
    internal Extent Resolve(Extent extent) => analysis.Solver.Resolve(extent);

    /// <summary>Whether an extent holds a width that can change.</summary>
    internal bool IsOpen(Extent extent) => analysis.Solver.Open(extent).Any();

    /// <summary>What two inputs are multiplied and summed over: added elements must be zero in one of them.</summary>
    internal void Contract(int left, int right, Extent over, int? rightAxis = null) => Contractions.Add(new Contraction(left, right, over, rightAxis));

    /// <summary>What an input is summed over: added elements must be zero.</summary>
    internal void SumOver(int input, Extent over) => Contractions.Add(new Contraction(input, null, over));

    /// <summary>Says that parts of an input end here, and may still change.</summary>
    internal void Drop(params IEnumerable<Extent> extents) => Dropped.AddRange(extents);

    /// <summary>A size held by an attribute; it is rewritten when what it is equal to changes.</summary>
    internal Extent AttributeSize(string attribute, long value, int element = 0)
    {
        var extent = Fresh(value);
        BindAttribute(attribute, element, extent);
        return extent;
    }

    /// <summary>Says what an attribute's number is the size of.</summary>
    internal void BindAttribute(string attribute, int element, Extent extent, bool negative = false) =>
        analysis.Bindings.Add(new SizeBinding(index, null, attribute, element, extent, negative));

    /// <summary>Says what a number in a constant input is the size of.</summary>
    internal void BindInput(int input, int element, Extent extent, bool negative = false) =>
        analysis.Bindings.Add(new SizeBinding(index, input, null, element, extent, negative));

    /// <summary>Says which positions a list in a constant input holds.</summary>
    internal void BindPicks(int input, Extent offset, IReadOnlyList<(Extent Count, Extent Stride)> loops) =>
        analysis.Picks.Add(new PickBinding(index, input, offset, loops));

    /// <summary>The integers of a constant input, or null.</summary>
    internal IReadOnlyList<long>? Integers(int input) => Has(input) ? analysis.Integers(Node.Input[input]) : null;

    /// <summary>The constant of an input, or null.</summary>
    internal TensorProto? Constant(int input) => Has(input) ? analysis.Graph.Constant(Node.Input[input]) : null;

    /// <summary>The sizes an integer input holds, or null when they are not known. The numbers of a constant may be rewritten.</summary>
    internal IReadOnlyList<SizeValue>? Sizes(int input)
    {
        if (!Has(input)) return null;

        _valuesRead.Add(input);
        return analysis.SizesOf(Node.Input[input]) ?? Integers(input)?.Select((number, element) => LiteralSize(input, element, number)).ToList();
    }

    /// <summary>Whether the sizes of an input are known, without saying that this node follows them.</summary>
    internal bool HoldsSizes(int input) => Has(input) && (analysis.SizesOf(Node.Input[input]) is not null || Integers(input) is not null);

    /// <summary>Whether the sizes of an input are computed from shapes.</summary>
    internal bool HoldsComputedSizes(int input) => Has(input) && analysis.SizesOf(Node.Input[input]) is not null;

    /// <summary>Says which sizes an output holds.</summary>
    internal void OutSizes(int output, IReadOnlyList<SizeValue> sizes)
    {
        if (HasOutput(output)) analysis.SetSizes(Node.Output[output], sizes);
    }

    /// <summary>Asks that elements added to a constant input be one instead of zero.</summary>
    internal void FillWithOne(int input) => analysis.FillWithOne.Add(Node.Input[input]);

    private SizeValue LiteralSize(int input, int element, long number)
    {
        if (number < 0) return new SizeValue(number, null);

        var extent = Fresh(number);
        if (extent is Width) BindInput(input, element, extent);
        return new SizeValue(number, extent);
    }

    private FixedReason Reason(string why) => new(analysis.NameOf(Node), $"{Node.OpType} {why}");
}
