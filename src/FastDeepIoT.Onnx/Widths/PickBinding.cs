namespace FastDeepIoT.Onnx;

/// <summary>
/// A list of positions along an axis in the model file, as loops over extents: it must be written anew when a width in them changes.
/// </summary>
/// <param name="Node">Index of the node in the graph.</param>
/// <param name="Input">Which input of the node holds the list.</param>
/// <param name="Offset">What lies before the first position.</param>
/// <param name="Loops">How many positions lie how far apart, outermost first.</param>
public sealed record PickBinding(int Node, int Input, Extent Offset, IReadOnlyList<(Extent Count, Extent Stride)> Loops)
{
    /// <summary>Whether a change of widths changes the list.</summary>
    public bool IsTouchedBy(WidthChange change) => change.Touches(Offset) || Loops.Any(loop => change.Touches(loop.Count) || change.Touches(loop.Stride));

    /// <summary>The positions after a change of widths.</summary>
    public IReadOnlyList<long> Positions(WidthChange change) => Loops.Aggregate((IReadOnlyList<long>)[change.SizeOf(Offset)], (starts, loop) =>
        [.. starts.SelectMany(start => Enumerable.Range(0, (int)change.SizeOf(loop.Count)).Select(step => start + step * change.SizeOf(loop.Stride)))]);

    internal PickBinding With(Func<Extent, Extent> resolve) =>
        this with { Offset = resolve(Offset), Loops = [.. Loops.Select(loop => (resolve(loop.Count), resolve(loop.Stride)))] };
}
