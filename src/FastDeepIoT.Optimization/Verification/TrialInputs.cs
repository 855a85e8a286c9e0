using FastDeepIoT.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>
/// What both models are run on: samples where there are some, random inputs, edges, and other sizes of free dimensions. The same options give
/// the same inputs.
/// </summary>
internal static class TrialInputs
{
    private const int MostSamples = 32;

    /// <summary>Makers of inputs, to be called one at a time; null for inputs that cannot be made.</summary>
    /// <param name="inputs">The inputs of the model.</param>
    /// <param name="options">What to try.</param>
    /// <param name="fits">Whether the model can be run at other sizes of its free dimensions, as far as memory goes.</param>
    internal static IEnumerable<Func<InputSet?>> All(IReadOnlyDictionary<string, NodeMetadata> inputs, VerificationOptions options, Func<FreeDimensions, bool> fits)
    {
        foreach (var batch in Spread(options.Samples)?.OwnedBatches() ?? []) yield return () => new InputSet(batch.Names, batch.Values);

        var seed = options.Seed;
        Func<InputSet?> Make(InputRecipe recipe, FreeDimensions dimensions)
        {
            var own = seed++;
            return () => InputMaker.TryMake(inputs, dimensions, recipe, own);
        }

        foreach (var scale in options.InputScales) yield return Make(InputRecipe.Normal(scale), options.FreeDimensions);
        foreach (var edge in options.EdgeInputs ? InputRecipe.Edges : []) yield return Make(edge, options.FreeDimensions);
        foreach (var sizes in options.OtherSizes ? OtherSizes(inputs, options.FreeDimensions).Where(fits) : []) yield return Make(InputRecipe.Normal(1), sizes);
    }

    // Samples are often in order, of classes for instance.
    private static CalibrationSamples? Spread(CalibrationSamples? samples) => samples is null || samples.Count <= MostSamples ? samples
        : samples with { Indices = [.. Enumerable.Range(0, MostSamples).Select(index => samples.Indices[(int)((long)index * samples.Count / MostSamples)])] };

    // A little larger and more than twice as large, each dimension by another amount so that no two are mistaken for each other.
    private static IEnumerable<FreeDimensions> OtherSizes(IReadOnlyDictionary<string, NodeMetadata> inputs, FreeDimensions dimensions)
    {
        var free = inputs.Where(input => input.Value.IsTensor)
            .SelectMany(input => input.Value.Dimensions.Select((size, axis) => (size, Name: InputMaker.NameOf(input.Key, input.Value, axis))))
            .Where(axis => axis.size < 0).Select(axis => axis.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        if (free.Count == 0) yield break;

        yield return new FreeDimensions(free.Select((name, index) => (name, Size: InputMaker.SizeOf(name, dimensions) + 1 + index)).ToDictionary(pair => pair.name, pair => pair.Size));
        yield return new FreeDimensions(free.Select((name, index) => (name, Size: 2 * InputMaker.SizeOf(name, dimensions) + 1 + index)).ToDictionary(pair => pair.name, pair => pair.Size));
    }
}
