namespace FastDeepIoT.Onnx;

/// <summary>Finds channels that add nothing to any output: wherever they are summed, either they are always zero or their weights are.</summary>
internal sealed class IdleChannels(WidthUses uses, Width width)
{
    private readonly ChannelRanges _ranges = uses.RangesOf(width);

    /// <summary>The idle channels, ascending.</summary>
    internal IReadOnlyList<int> Find() => _ranges.WithZeros.Where(IsIdle).ToList();

    private bool IsIdle(int channel) =>
        _ranges.Follow(channel, (node, ranges) => node.Contractions.All(contraction => AddsNothing(node, contraction, ranges)));

    private bool AddsNothing(Coupling node, Contraction contraction, AddedRanges ranges) =>
        !uses.Analysis.Solver.Open(contraction.Over).Contains(width)
        || ranges.Of(node.Node.Input[contraction.Left], width).IsZero
        || (contraction.Right is { } other && ranges.Of(node.Node.Input[other], width).IsZero);
}
