using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>Some of the samples of calibration data, in a fixed order.</summary>
public sealed record CalibrationSamples(CalibrationData Data, IReadOnlyList<int> Indices)
{
    // Enough to keep the runtime busy, few enough to keep activations small.
    private const int BatchSize = 32;

    /// <summary>Number of samples.</summary>
    public int Count => Indices.Count;

    /// <summary>Whether classes are known.</summary>
    public bool HasLabels => Data.Labels is not null;

    /// <summary>The class of a sample of this set.</summary>
    public long LabelOf(int position) => Data.Labels![Indices[position]];

    /// <summary>The first samples of this set.</summary>
    public CalibrationSamples Take(int count) => this with { Indices = [.. Indices.Take(count)] };

    /// <summary>The last samples of this set.</summary>
    public CalibrationSamples Last(int count) => this with { Indices = [.. Indices.TakeLast(count)] };

    /// <summary>The same samples in an order drawn by a seed.</summary>
    internal CalibrationSamples Shuffled(int seed)
    {
        var order = Indices.ToArray();
        new Random(seed).Shuffle(order);
        return this with { Indices = order };
    }

    /// <summary>All samples of some data.</summary>
    public static CalibrationSamples All(CalibrationData data) => new(data, [.. Enumerable.Range(0, data.Count)]);

    /// <summary>The samples in batches that the model accepts; a last batch that is too small for a fixed size is left out.</summary>
    internal IEnumerable<SampleBatch> Batches()
    {
        foreach (var batch in OwnedBatches())
            using (batch)
                yield return batch;
    }

    /// <summary>As <see cref="Batches"/>, for the caller to dispose.</summary>
    internal IEnumerable<SampleBatch> OwnedBatches()
    {
        var size = Data.FixedBatch ?? BatchSize;
        for (var first = 0; first < Count; first += size)
        {
            var indices = Indices.Skip(first).Take(size).ToArray();
            if (Data.FixedBatch is { } exact && indices.Length < exact) yield break;

            yield return new SampleBatch(first, indices.Length, [.. Data.Inputs.Select(input => input.Name)], [.. Data.Inputs.Select(input => input.Batch(indices))]);
        }
    }
}

/// <summary>The inputs for some samples at once.</summary>
internal sealed record SampleBatch(int First, int Count, IReadOnlyList<string> Names, IReadOnlyList<OrtValue> Values) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in Values) value.Dispose();
    }
}
