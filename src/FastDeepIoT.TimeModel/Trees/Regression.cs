using System;
using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>Where a term applies: to layers that answer a question in one way.</summary>
/// <param name="Condition">The question.</param>
/// <param name="Answer">The answer.</param>
public sealed record Where(Condition Condition, bool Answer)
{
    /// <summary>Whether a layer with these features answers so.</summary>
    public bool Holds(double[] features) => Condition.Holds(features) == Answer;
}

/// <summary>Time charged for an amount of work.</summary>
/// <param name="Quantity">What is counted; null for a call.</param>
/// <param name="Roundings">Features rounded up, or reduced to what is left over, before they are multiplied.</param>
/// <param name="NanosecondsPerUnit">Nanoseconds for one unit of the quantity.</param>
/// <param name="Beyond">Charged only for the share that lies beyond this range, for instance of a network that outgrows a cache; null for all.</param>
/// <param name="Where">Charged only to these layers; null for all.</param>
public sealed record Term(
    Quantity? Quantity, IReadOnlyList<Rounding> Roundings, double NanosecondsPerUnit, Condition? Beyond = null, Where? Where = null)
{
    /// <summary>The amount of work, in units of the quantity.</summary>
    public double Amount(double[] features) => Where is not null && !Where.Holds(features)
        ? 0
        : (Quantity is null ? 1 : Quantity.Of(features, Roundings)) * ShareBeyond(features);

    private double ShareBeyond(double[] features) =>
        Beyond is null ? 1 : Beyond.Holds(features) ? 0 : 1 - Beyond.Value / features[Beyond.FeatureIndex];
}

/// <summary>
/// A linear regression with non-negative coefficients, and what it was learned from (FastDeepIoT, section 4.2).
/// </summary>
public sealed record Regression
{
    private const double Stretch = 2;

    // Searches ask so often that it counts how a list is read.
    private readonly Term[] _terms = [];
    private readonly double[] _minimum = [], _maximum = [];

    /// <summary>The terms whose sum is the time.</summary>
    public required IReadOnlyList<Term> Terms
    {
        get => _terms;
        init => _terms = [.. value];
    }

    /// <summary>How many measured layers it was learned from.</summary>
    public required int Samples { get; init; }

    /// <summary>10% of held-out measurements lay below this fraction of the prediction, 10% above <see cref="HighRatio"/>.</summary>
    public required double LowRatio { get; init; }

    /// <summary>See <see cref="LowRatio"/>.</summary>
    public required double HighRatio { get; init; }

    /// <summary>Smallest value of each descriptor seen, in the family's order.</summary>
    public required IReadOnlyList<double> Minimum
    {
        get => _minimum;
        init => _minimum = [.. value];
    }

    /// <summary>Largest value of each descriptor seen, in the family's order.</summary>
    public required IReadOnlyList<double> Maximum
    {
        get => _maximum;
        init => _maximum = [.. value];
    }

    /// <summary>What its terms ask about a layer to know whether they are charged.</summary>
    public IEnumerable<Condition> Questions
    {
        get
        {
            foreach (var term in Terms)
                if (term.Where is { Condition: var condition }) yield return condition;
        }
    }

    /// <summary>The predicted time, with its interval.</summary>
    /// <param name="features">The layer's descriptors, in the family's order.</param>
    public Prediction Predict(double[] features)
    {
        var time = Nanoseconds(features);
        return new Prediction(time, time * LowRatio, time * HighRatio);
    }

    /// <summary>The expected time alone, in nanoseconds.</summary>
    /// <param name="features">The layer's descriptors, in the family's order.</param>
    public double Nanoseconds(double[] features)
    {
        var time = 0.0;
        foreach (var term in _terms) time += term.NanosecondsPerUnit * term.Amount(features);
        return time;
    }

    /// <summary>Whether a feature lies outside what was seen by more than a sum of amounts of work can be stretched.</summary>
    public bool Extrapolates(double[] features)
    {
        for (var i = 0; i < _minimum.Length; i++)
            if (features[i] * Stretch < _minimum[i] || features[i] > _maximum[i] * Stretch)
                return true;
        return false;
    }
}
