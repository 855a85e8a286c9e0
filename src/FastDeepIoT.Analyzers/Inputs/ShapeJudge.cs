using System;
using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>Asks what a build knows of the models about the shape of an input. A shape that may belong to several models is not judged.</summary>
internal sealed class ShapeJudge(IReadOnlyList<ShapeTimes> models, double threshold)
{
    // Without a name, only a shape that can hardly be anything else is taken for that of an input.
    private const int TellingAxes = 2;

    /// <summary>What is slow about the sizes written at a spot, each size once, on the device where it is worst.</summary>
    /// <param name="spot">The spot.</param>
    /// <param name="isMentioned">Whether code around it mentions a file of that name.</param>
    internal IEnumerable<SizeVerdict> Judge(InputSpot spot, Func<string, bool> isMentioned)
    {
        var fitting = models.Where(model => InputsFor(model, spot).Any()).ToList();
        var mentioned = fitting.Where(model => isMentioned(FileNameOf(model))).ToList();
        if (mentioned.Count > 0) fitting = mentioned;
        if (fitting.Select(model => model.Model).Distinct().Count() != 1) yield break;

        foreach (var written in spot.Axes)
        {
            var verdicts = fitting.SelectMany(model => InputsFor(model, spot).Take(1).Select(input => Judge(model, input, spot, written)))
                .OfType<SizeVerdict>().OrderByDescending(verdict => verdict.Worst.Ratio).ToList();
            if (verdicts.Count > 0) yield return verdicts[0] with { Others = [.. verdicts.Skip(1).Select(verdict => verdict.Device)] };
        }
    }

    private SizeVerdict? Judge(ShapeTimes model, ModelInput input, InputSpot spot, WrittenSize written)
    {
        var name = spot.Dimension ?? input.Axes[spot.Axes.ToList().IndexOf(written)].Dimension;
        if (name is null || !OthersAreAssumed(model, input, spot, name)) return null;

        var cliff = model.Dimensions.FirstOrDefault(dimension => dimension.Name == name)?.Cliffs.FirstOrDefault(cliff => cliff.Size == written.Value);
        var (larger, smaller) = (Exceeding(cliff?.Larger), Exceeding(cliff?.Smaller));
        return larger is null && smaller is null ? null : new SizeVerdict(model.Model, name, written, model.Device, larger, smaller);
    }

    private SizeComparison? Exceeding(SizeComparison? comparison) => comparison?.Excess > 1 + threshold ? comparison : null;

    // The times are those with every other dimension as assumed: with another size there, nothing is known.
    private static bool OthersAreAssumed(ShapeTimes model, ModelInput input, InputSpot spot, string name) =>
        spot.Dimension is not null
        || input.Axes.Zip(spot.Axes, (axis, written) => (axis.Dimension, written.Value))
            .All(pair => pair.Dimension is null || pair.Dimension == name || pair.Value == AssumedFor(model, pair.Dimension));

    private static long? AssumedFor(ShapeTimes model, string dimension) =>
        model.Dimensions.FirstOrDefault(known => known.Name == dimension)?.Assumed;

    private static IEnumerable<ModelInput> InputsFor(ShapeTimes model, InputSpot spot) => spot.Dimension is { } dimension
        ? model.Inputs.Where(input => input.Axes.Any(axis => axis.Dimension == dimension))
        : model.Inputs.Where(input => Fits(input, spot));

    private static bool Fits(ModelInput input, InputSpot spot)
    {
        if (input.Axes.Count != spot.Axes.Count || (spot.Input ?? input.Name) != input.Name) return false;

        var pairs = input.Axes.Zip(spot.Axes, (axis, written) => (axis, written.Value)).ToList();
        return pairs.All(pair => pair.axis.Dimension is not null || pair.Value == pair.axis.Size)
            && (spot.Input is not null || pairs.Count(pair => pair.axis is { Dimension: null, Size: > 1 }) >= TellingAxes);
    }

    private static string FileNameOf(ShapeTimes model) => model.Model.Substring(model.Model.LastIndexOf('/') + 1);
}

/// <summary>A size that makes a model slow.</summary>
internal sealed record SizeVerdict(
    string Model, string Dimension, WrittenSize Written, string Device, SizeComparison? Larger, SizeComparison? Smaller)
{
    /// <summary>Other devices on which it is slow as well.</summary>
    internal IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The comparison to report first.</summary>
    internal SizeComparison Worst => Larger ?? Smaller!;
}
