using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Before: a group of axes of one width, for instance 58 channels from a convolution through batch normalization to the next.
/// After: the same axes at another width, for instance 64: all weights, vectors and numbers that say the width follow.
/// Conditions: the group is open, that is, everything that reads its tensors is understood (<see cref="WidthGroups"/>).
/// Why equal: what produces added channels has zero weights and what reads them has zero weights, so that they add nothing.
/// Why faster: runtimes have fast paths for some widths only; the next such width can cost far less than the width at hand.
/// </summary>
public static class PadWidths
{
    /// <summary>A copy of the model with groups grown to the given sizes; names, metadata and unknown fields are kept.</summary>
    /// <param name="model">The model the groups were found in; not changed.</param>
    /// <param name="groups">Its width groups.</param>
    /// <param name="sizes">New sizes, in channels, for some open groups; none smaller than it was.</param>
    public static ModelProto Apply(ModelProto model, WidthGroups groups, IReadOnlyDictionary<WidthGroup, long> sizes) =>
        WidthRewriter.Apply(model, groups, WidthChange.Padding(sizes));
}
