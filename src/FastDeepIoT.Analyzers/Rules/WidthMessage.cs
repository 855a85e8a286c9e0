using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>Words a verdict for a person.</summary>
internal static class WidthMessage
{
    private const double WorthTelling = 1.1;
    private const int MostNames = 4;

    /// <summary>The arguments of the message of a cliff.</summary>
    internal static object[] OfCliff(WidthNode node, IReadOnlyList<Verdict> verdicts)
    {
        var worst = verdicts[0];
        var wider = worst.Cliff.Wider!;
        return
        [
            node.Layer.Shape.ToString(), Times(wider.Median.Expected), wider.Width, NounOf(node), worst.Device.Name,
            Certainty(wider), Narrower(worst) + Others(verdicts) + Along(node),
        ];
    }

    /// <summary>The arguments of the message of free capacity.</summary>
    internal static object[] OfFreeCapacity(WidthNode node, Verdict verdict) =>
    [
        node.Layer.Shape.ToString(), verdict.Cliff.Free!.Width, NounOf(node), node.Width, verdict.Device.Name,
        Narrower(verdict) + Along(node),
    ];

    /// <summary>An effect, for instance <c>28% faster</c>; one percent is none.</summary>
    internal static string Effect(TimeRatio ratio)
    {
        var saved = Math.Round(100 * (1 - (1 / ratio.Expected)));
        return saved > 0 ? $"{Text(saved)}% faster" : saved < -1 ? $"{Text(-saved)}% slower" : "about as fast";
    }

    // What is written once for input and output is one width to the reader too.
    private static string NounOf(WidthNode node) =>
        node.Layer.Shape.NounOf(node.Layer.Nodes.Count(other => other.Group == node.Group) > 1 ? WidthRole.Channels : node.Role);

    // Over sizes the ratio may vary; then the range says more than the middle alone.
    private static string Certainty(WidthComparison change)
    {
        var certainty = $"±{Text(Math.Ceiling(100 * change.Median.Uncertainty))}%";
        return change.Largest > change.Smallest * WorthTelling
            ? $"{certainty}; {Times(change.Smallest)}× to {Times(change.Largest)}× over input sizes"
            : certainty;
    }

    private static string Narrower(Verdict verdict) => verdict.Cliff.Narrower is { } narrower
        ? $"; {narrower.Width} are {Times(narrower.Median.Expected)}× faster"
        : "";

    private static string Others(IReadOnlyList<Verdict> verdicts)
    {
        var others = verdicts.Skip(1).Where(verdict => verdict.Cliff.Wider is not null);
        var names = others.Select(verdict => $"'{verdict.Device.Name}'").ToList();
        return names.Count == 0 ? "" : $"; also on {string.Join(", ", names)}";
    }

    private static string Along(WidthNode node)
    {
        var names = node.Group.Nodes.Select(other => other.Layer).Where(layer => layer != node.Layer).Distinct()
            .Select(layer => layer.Shape.ToString())
            .Concat(node.Group.Following.Select(following => following.Module))
            .ToList();
        var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        return names.Count == 0 ? "" : $"; to change along: {string.Join(", ", names.Take(MostNames))}{more}";
    }

    private static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
