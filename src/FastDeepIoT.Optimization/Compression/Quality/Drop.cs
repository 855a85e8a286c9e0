namespace FastDeepIoT.Optimization;

/// <summary>What a drop of quality is measured in.</summary>
public enum DropMeasure
{
    /// <summary>Share of samples whose label the model with the highest score misses, against the original.</summary>
    Accuracy,

    /// <summary>Share of samples for which the highest score is another class than the original's.</summary>
    Agreement,

    /// <summary>Root mean square of the difference of outputs, as a share of how much they vary.</summary>
    OutputError,
}

/// <summary>How much worse a model is than the original on some samples that both ran on.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Before">Quality of the original: accuracy, or 1.</param>
/// <param name="After">Quality of the other model.</param>
/// <param name="StandardError">Sampling error of the difference, from pairs of answers to the same sample.</param>
/// <param name="Samples">Number of samples.</param>
public sealed record Drop(DropMeasure Measure, double Before, double After, double StandardError, int Samples)
{
    // One-sided 95% of a normal distribution.
    private const double Confidence = 1.645;

    /// <summary>Whether the samples were random numbers, which say nothing about accuracy.</summary>
    public bool OnDrawn { get; init; }

    /// <summary>The drop, as a fraction; negative when the model is better than the original.</summary>
    public double Fraction => Before - After;

    /// <summary>With 95% confidence the drop on unseen data like these is at most this.</summary>
    public double UpperBound => Fraction + Confidence * StandardError;

    /// <summary>Compares outputs for the same samples.</summary>
    internal static Drop Of(ModelOutputs original, ModelOutputs other, CalibrationSamples samples) =>
        !original.IsScores ? OfErrors(original, other) with { OnDrawn = samples.Data.AreDrawn }
        : samples.HasLabels ? OfLabels(original, other, samples)
        : Of(DropMeasure.Agreement, Enumerable.Range(0, original.Samples).Select(sample => (true, original.ClassOf(sample) == other.ClassOf(sample))).ToList());

    private static Drop OfLabels(ModelOutputs original, ModelOutputs other, CalibrationSamples samples) => Of(DropMeasure.Accuracy, Enumerable.Range(0, original.Samples)
        .Select(sample => (original.ClassOf(sample) == samples.LabelOf(sample), other.ClassOf(sample) == samples.LabelOf(sample))).ToList());

    // The variance of a difference of paired answers: only those that changed count.
    internal static Drop Of(DropMeasure measure, IReadOnlyList<(bool Before, bool After)> answers)
    {
        var count = Math.Max(1, answers.Count);
        double lost = answers.Count(answer => answer is (true, false)), won = answers.Count(answer => answer is (false, true));
        // One answer more on either side keeps the error honest where nothing happened to change.
        var variance = (lost + won + 1 - (lost - won) * (lost - won) / count) / count;
        return new Drop(measure, answers.Count(answer => answer.Before) / (double)count, answers.Count(answer => answer.After) / (double)count,
            Math.Sqrt(variance / count), answers.Count);
    }

    private static Drop OfErrors(ModelOutputs original, ModelOutputs other)
    {
        var error = Math.Sqrt(other.SquareErrorFrom(original));
        return new Drop(DropMeasure.OutputError, 1, 1 - error, error / Math.Sqrt(2 * Math.Max(1, original.Samples)), original.Samples);
    }
}
