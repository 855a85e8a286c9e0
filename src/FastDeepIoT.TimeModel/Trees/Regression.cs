using System;
using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>Time charged for an amount of work; a null quantity is charged once a call.</summary>
public sealed record Term(Quantity? Quantity, IReadOnlyList<Rounding> Roundings, double NanosecondsPerUnit)
{
    /// <summary>The amount of work, in units of the quantity.</summary>
    public double Amount(double[] features) => Quantity is null ? 1 : Quantity.Of(features, Roundings);
}

/// <summary>
/// A linear regression with non-negative coefficients, and what it was learned from (FastDeepIoT, section 4.2).
/// </summary>
public sealed record Regression
{
    /// <summary>The terms whose sum is the time.</summary>
    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>How many measured layers it was learned from.</summary>
    public required int Samples { get; init; }

    /// <summary>10% of held-out measurements lay below this fraction of the prediction, 10% above <see cref="HighRatio"/>.</summary>
    public required double LowRatio { get; init; }

    /// <summary>See <see cref="LowRatio"/>.</summary>
    public required double HighRatio { get; init; }

    /// <summary>Smallest value of each descriptor seen, in the family's order.</summary>
    public required IReadOnlyList<double> Minimum { get; init; }

    /// <summary>Largest value of each descriptor seen, in the family's order.</summary>
    public required IReadOnlyList<double> Maximum { get; init; }

    /// <summary>The predicted time.</summary>
    public Prediction Predict(double[] features)
    {
        var time = 0.0;
        foreach (var term in Terms) time += term.NanosecondsPerUnit * term.Amount(features);
        return new Prediction(time, time * LowRatio, time * HighRatio);
    }

    /// <summary>Whether a feature lies outside what was seen.</summary>
    public bool Extrapolates(double[] features)
    {
        for (var i = 0; i < Minimum.Count; i++)
            if (features[i] < Minimum[i] || features[i] > Maximum[i])
                return true;
        return false;
    }
}
