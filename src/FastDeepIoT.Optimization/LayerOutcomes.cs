using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>Reports what became of layers.</summary>
internal static class LayerOutcomes
{
    internal static IReadOnlyList<LayerOutcome> Of(IReadOnlyList<LayerPrediction> before, IReadOnlyList<LayerPrediction> after) =>
        LayerPairs.Of(before, after).Select(pair => new LayerOutcome(
            (pair.Before ?? pair.After)!.Name, (pair.Before ?? pair.After)!.Kind, pair.Before?.Time.Nanoseconds, pair.After?.Time.Nanoseconds)).ToList();
}
