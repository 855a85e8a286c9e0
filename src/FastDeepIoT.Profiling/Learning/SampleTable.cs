using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>
/// Layers of one kind and layout, ready for fitting. Errors count relative to the time, so every sample weighs one over its time; a
/// microsecond clock adds an absolute part, and in a long network even an empty layer waits for cold caches, so very short ones weigh less.
/// </summary>
internal sealed class SampleTable
{
    private const double ClockNanoseconds = 1000;
    private const double NetworkShare = 0.003;

    internal SampleTable(LayerFamily family, IReadOnlyList<TimedLayer> layers)
    {
        Family = family;
        Values = layers.Select(layer => layer.Layer.Values.ToArray()).ToArray();
        Nanoseconds = layers.Select(layer => layer.Nanoseconds).ToArray();
        Weights = layers.Select(layer => 1 / (layer.Nanoseconds + ClockNanoseconds + NetworkShare * layer.NetworkNanoseconds)).ToArray();
        Matters = layers.Select(layer => layer.Matters).ToArray();
        Networks = layers.Select(layer => layer.Network).ToArray();
    }

    internal LayerFamily Family { get; }

    internal double[][] Values { get; }

    internal double[] Nanoseconds { get; }

    /// <summary>One over the time, in 1/ns.</summary>
    internal double[] Weights { get; }

    /// <summary>Which layers their networks spend a noticeable time on: intervals speak of those.</summary>
    internal bool[] Matters { get; }

    /// <summary>The probe each sample comes from: samples of one network are held out together.</summary>
    internal int[] Networks { get; }

    internal int Count => Nanoseconds.Length;

    /// <summary>The fold of a sample: all of one network are held out together.</summary>
    internal int Fold(int sample) => Folds.Of(Networks[sample]);

    /// <summary>What a weighted fit aims at: the time times its weight, close to 1.</summary>
    internal double Target(int sample) => Nanoseconds[sample] * Weights[sample];

    internal int[] All => Enumerable.Range(0, Count).ToArray();
}
