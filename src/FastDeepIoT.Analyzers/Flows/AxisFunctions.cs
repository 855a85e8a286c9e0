using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>What functions that move, remove or add axes make of a tensor whose channels or features lie along a known axis.</summary>
internal static class AxisFunctions
{
    private static readonly IReadOnlyList<long> _oneRow = [1];
    private static readonly HashSet<string> _names =
        new(StringComparer.Ordinal) { "amax", "amin", "mean", "narrow", "permute", "select", "slice", "squeeze", "sum", "swapaxes", "transpose", "unsqueeze" };

    /// <summary>Whether a function of that name is one of them.</summary>
    internal static bool Knows(string name) => _names.Contains(name);

    /// <summary>What comes out; of what is not understood the width escapes.</summary>
    internal static Flow Apply(Arguments arguments, Flow flow) => flow.Source is null ? Flow.Unknown : arguments.Method switch
    {
        "transpose" or "swapaxes" when First(arguments, "dim0") is { } one && First(arguments, "dim1") is { } other => Exchange(flow, one, other),
        "permute" when arguments.Numbers("permutation", "dims") is { } order => Permute(flow, order),
        "select" when First(arguments, "dim") is { } axis => Remove(flow, [axis]),
        "mean" or "sum" or "amax" or "amin" when arguments.Flag("keepdim") != true && arguments.Numbers("dimensions", "dim", "dims") is { } axes => Remove(flow, axes),
        "squeeze" when First(arguments, "dim") is { } axis => Remove(flow, [axis]),
        "slice" or "narrow" when First(arguments, "dim") is { } axis => Shorten(flow, axis),
        "unsqueeze" when First(arguments, "dim") is { } axis => Add(flow, axis),
        _ => Lose(flow),
    };

    /// <summary>What is left of a tensor after some axes were indexed, each by one element or as a whole.</summary>
    internal static Flow Index(IReadOnlyList<bool> whole, IReadOnlyList<bool> single, Flow flow)
    {
        if (flow.Source is null) return Flow.Unknown;
        if (flow.Rank is not { } rank || !flow.FeaturesLast || whole.Count > rank) return Lose(flow);
        if (whole.Count == rank && !whole[rank - 1]) return Lose(flow);

        var removed = single.Count(index => index);
        var isRow = removed == rank - 1 || (removed > 0 && rank <= 3);
        return flow with { Rank = rank - removed, Sizes = isRow ? Situations.Always(_oneRow) : null };
    }

    private static long? First(Arguments arguments, string name) => arguments.Number(name);

    private static Flow Exchange(Flow flow, long one, long other)
    {
        if (flow.Rank is not { } rank) return Lose(flow);

        var order = Enumerable.Range(0, rank).Select(axis => (long)axis).ToArray();
        var (a, b) = (one < 0 ? one + rank : one, other < 0 ? other + rank : other);
        if (a < 0 || b < 0 || a >= rank || b >= rank) return Lose(flow);

        (order[a], order[b]) = (order[b], order[a]);
        return Permute(flow, order);
    }

    // Features stay features where they end up behind the batch or at the end.
    private static Flow Permute(Flow flow, IReadOnlyList<long> order)
    {
        if (flow.Rank != order.Count) return Lose(flow);

        var axis = flow.FeaturesLast ? order.Count - 1 : 1;
        var now = order.Select(from => from < 0 ? from + order.Count : from).ToList().IndexOf(axis);
        return now == order.Count - 1 ? flow with { FeaturesLast = true } : now == 1 ? flow with { FeaturesLast = false } : Lose(flow);
    }

    // Only axes other than that of the features may go; rows that are left are one, where one axis had them all.
    private static Flow Remove(Flow flow, IReadOnlyList<long> axes)
    {
        if (flow.Rank is not { } rank || axes.Count == 0) return Lose(flow);

        var removed = axes.Select(axis => axis < 0 ? axis + rank : axis).ToList();
        var features = flow.FeaturesLast ? rank - 1 : 1;
        if (removed.Contains(features) || (removed.Contains(0) && !flow.FeaturesLast)) return Lose(flow);

        var left = rank - removed.Count;
        if (flow.FeaturesLast) return flow with { Rank = left, Sizes = left <= 2 ? Situations.Always(_oneRow) : null };
        return left == 2 ? flow with { Rank = 2, FeaturesLast = true, Sizes = Situations.Always(_oneRow) } : Lose(flow);
    }

    private static Flow Shorten(Flow flow, long axis) =>
        flow.Rank is { } rank && (axis < 0 ? axis + rank : axis) != (flow.FeaturesLast ? rank - 1 : 1) ? flow.Resize(rule: null) : Lose(flow);

    private static Flow Add(Flow flow, long axis) =>
        flow.FeaturesLast && flow.Rank is { } rank && (axis < 0 ? axis + rank + 1 : axis) < rank ? flow with { Rank = rank + 1 } : Lose(flow);

    private static Flow Lose(Flow flow)
    {
        flow.Escape();
        return Flow.Unknown;
    }
}
