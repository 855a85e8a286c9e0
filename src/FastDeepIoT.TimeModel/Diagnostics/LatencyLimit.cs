namespace FastDeepIoT.TimeModel;

/// <summary>Which time of a prediction is held against a budget.</summary>
public enum BudgetBasis
{
    /// <summary>The expected time: half of all runs may take longer.</summary>
    Median,

    /// <summary>The upper end of the 80% interval: one run in ten may take longer.</summary>
    UpperBound,
}

/// <summary>The longest a model may be predicted to take.</summary>
/// <param name="Nanoseconds">The budget.</param>
/// <param name="Basis">What is held against it.</param>
public readonly record struct LatencyLimit(double Nanoseconds, BudgetBasis Basis = BudgetBasis.Median)
{
    /// <summary>What is held against the limit, in nanoseconds.</summary>
    public double Judged(Prediction time) => Basis == BudgetBasis.UpperBound ? time.HighNanoseconds : time.Nanoseconds;

    /// <summary>How far a prediction is over the limit, in nanoseconds; zero or less when it is kept.</summary>
    public double Excess(Prediction time) => Judged(time) - Nanoseconds;
}
