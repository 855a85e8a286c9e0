using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>Compares the predicted time of a sequence with its budget (FDI1004). Where any part is not known, nothing is said.</summary>
internal sealed class BudgetRule(IReadOnlyList<DeviceCliffs> devices)
{
    private const int MostNamed = 3;

    /// <summary>The diagnostic for a sequence that is over its budget on any device, with the device on which it is the slowest; otherwise null.</summary>
    internal Diagnostic? Judge(ConstructedSequence sequence, double budgetNanoseconds)
    {
        if (InputOf(sequence) is not { } input || SequenceNetwork.Of(sequence.Module, input) is not { } network) return null;

        var over = devices.Select(device => (device.Device, Prediction: device.Device.Predict(network)))
            .Where(pair => IsOver(pair.Prediction, budgetNanoseconds))
            .OrderByDescending(pair => pair.Prediction.Time.Nanoseconds).ToList();
        if (over.Count == 0) return null;

        var (worst, time) = (over[0].Device, over[0].Prediction.Time);
        return Diagnostic.Create(
            Descriptors.SequenceOverBudget, PlaceOf(sequence), $"Sequential of {sequence.Module.Flat.Count()} modules", LatencyText.Of(time), worst.Name,
            LatencyText.Over(time.Nanoseconds, budgetNanoseconds), Costliest(over[0].Prediction),
            over.Count == 1 ? "" : $"; also over it on {string.Join(", ", over.Skip(1).Select(pair => $"'{pair.Device.Name}'"))}");
    }

    // What lies outside of what the device model saw may be anything: the rest has to be too much by itself.
    private static bool IsOver(NetworkPrediction prediction, double budgetNanoseconds) =>
        prediction.Unmodelled.Count == 0
        && prediction.Time.Nanoseconds - prediction.Layers.Where(layer => layer.Extrapolates).Sum(layer => layer.Time.Nanoseconds) > budgetNanoseconds;

    // A linear layer says itself what it reads.
    private static IReadOnlyList<long>? InputOf(ConstructedSequence sequence) => sequence.Input?.Axes
        ?? (sequence.Module.Flat.OfType<LayerModule>().FirstOrDefault()?.Layer.Shape is LinearLayer linear ? [linear.Inputs] : null);

    private static Location PlaceOf(ConstructedSequence sequence) =>
        (sequence.Module.Place is InvocationExpressionSyntax call ? call.Expression : sequence.Module.Place).GetLocation();

    private static string Costliest(NetworkPrediction prediction) => string.Join("; ", prediction.Layers
        .OrderByDescending(layer => layer.Time.Nanoseconds).Take(MostNamed)
        .Select(layer => $"{NameOf(layer)} {LatencyText.Of(layer.Time.Nanoseconds)}, {Percent(layer.Time.Nanoseconds / prediction.Time.Nanoseconds)}"));

    // A change of layout has the name of a tensor, which means nothing here.
    private static string NameOf(LayerPrediction layer) => layer.Kind is LayoutChange.ToInternal or LayoutChange.ToPlain ? "a change of layout" : layer.Name;

    private static string Percent(double fraction) => $"{(100 * fraction).ToString(fraction < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture)}%";
}
