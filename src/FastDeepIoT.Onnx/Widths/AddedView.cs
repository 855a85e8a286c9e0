using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>
/// A node as seen from the elements added to one width: what they hold in each input. A null width stands for the elements that
/// were always there.
/// </summary>
internal sealed class AddedView(Coupling node, Width? width, AddedRanges ranges)
{
    /// <summary>The node.</summary>
    internal NodeProto Node => node.Node;

    /// <summary>The node as its coupling rule saw it.</summary>
    internal Coupling Coupling => node;

    /// <summary>Number of inputs.</summary>
    internal int InputCount => node.InputCount;

    /// <summary>Whether the node has an input at that position.</summary>
    internal bool Has(int input) => node.Has(input);

    /// <summary>Whether an input has the width in its axes.</summary>
    internal bool Carries(int input) => width is not null && ranges.Carries(Node.Input[input], width);

    /// <summary>What an input holds where the output's added elements are computed from.</summary>
    internal AddedRange Range(int input) => ranges.Of(Node.Input[input], width);

    /// <summary>Whether the elements added to an input are exactly zero.</summary>
    internal bool AddsZero(int input) => Has(input) && Carries(input) && Range(input).IsZero;
}
