using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// The widths at which a device model can change its mind: multiples its trees and terms ask for or work in, and ends of their ranges.
/// Between them times only grow with width, because no coefficient is negative, so no other neighbour can be better.
/// </summary>
internal sealed class WidthGrid
{
    // A device model may come from anybody; the search must stay short.
    private const int MostSteps = 64;
    private const long LargestStep = 1 << 20;

    private readonly long[] _steps;
    private readonly long[] _bounds;

    private WidthGrid(IEnumerable<long> steps, IEnumerable<long> bounds) => (_steps, _bounds) = ([.. steps], [.. bounds]);

    internal static WidthGrid Of(KindModel kind)
    {
        var conditions = new List<Condition>();
        var steps = new SortedSet<long> { 1 };
        Collect(kind.Placement, conditions, _ => { });
        void AddTerms(Regression leaf)
        {
            steps.UnionWith(leaf.Terms.SelectMany(term => term.Roundings).Select(rounding => (long)rounding.Block));
            conditions.AddRange(leaf.Questions);
        }

        Collect(kind.Plain, conditions, AddTerms);
        Collect(kind.Internal, conditions, AddTerms);
        steps.UnionWith(conditions.Where(condition => condition.IsMultiple).Select(condition => (long)condition.Value));
        steps.RemoveWhere(step => step is < 1 or > LargestStep);
        var bounds = conditions.Where(condition => !condition.IsMultiple).Select(condition => (long)Math.Floor(condition.Value));
        return new WidthGrid(WithCommonMultiples(steps), new SortedSet<long>(bounds));
    }

    internal static WidthGrid Join(IReadOnlyList<WidthGrid> grids) => grids.Count == 1
        ? grids[0]
        : new WidthGrid(
            WithCommonMultiples(new SortedSet<long>(grids.SelectMany(grid => grid._steps))),
            new SortedSet<long>(grids.SelectMany(grid => grid._bounds)));

    /// <summary>Wider neighbours worth a look, multiples of <paramref name="unit"/>, nearest first.</summary>
    internal IReadOnlyCollection<long> Above(long width, long most, long unit)
    {
        var found = new HashSet<long>();
        var steps = StepsOf(unit);
        foreach (var start in _bounds.Where(bound => bound > width && bound < most).Append(width))
            foreach (var step in steps)
                if (((start / step) + 1) * step is var next && next <= most) found.Add(next);
        return [.. found.OrderBy(next => next)];
    }

    /// <summary>Narrower neighbours worth a look, multiples of <paramref name="unit"/>, nearest first.</summary>
    internal IEnumerable<long> Below(long width, long least, long unit)
    {
        var found = new HashSet<long>();
        var steps = StepsOf(unit);
        foreach (var start in _bounds.Where(bound => bound < width && bound >= least).Append(width - 1))
            foreach (var step in steps)
                if (start / step * step is var previous && previous >= least) found.Add(previous);
        return found.OrderByDescending(previous => previous);
    }

    /// <summary>Whether a width is a multiple of a step that another width is not: a wider one that is not takes no less time.</summary>
    internal bool SuitsBetter(long width, long than, long unit) => StepsOf(unit).Any(step => width % step == 0 && than % step != 0);

    // A feature may count the width itself or the width of one of the units it is made of (groups, heads).
    private long[] StepsOf(long unit) =>
        unit == 1 ? _steps : [.. _steps.SelectMany(step => new[] { step * unit, CommonMultiple(step, unit) }).Distinct()];

    private static void Collect<T>(Tree<T>? tree, List<Condition> conditions, Action<T> leaf)
    {
        if (tree is null) return;

        if (tree.Condition is not { } condition)
        {
            leaf(tree.Leaf);
            return;
        }

        conditions.Add(condition);
        Collect(tree.Yes, conditions, leaf);
        Collect(tree.No, conditions, leaf);
    }

    private static SortedSet<long> WithCommonMultiples(SortedSet<long> steps)
    {
        var closed = new SortedSet<long>(steps.Take(MostSteps));
        foreach (var step in steps)
            foreach (var multiple in closed.Select(other => CommonMultiple(step, other)).ToList())
                if (closed.Count < MostSteps && multiple <= LargestStep) closed.Add(multiple);
        return closed;
    }

    private static long CommonMultiple(long left, long right)
    {
        var (a, b) = (left, right);
        while (b != 0) (a, b) = (b, a % b);
        return left / a * right;
    }
}
