using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>A model's predicted time held against its measured one.</summary>
internal sealed record EvaluatedModel(PredictedModel Predicted, MeasuredModel Measured)
{
    /// <summary>Predicted over measured.</summary>
    internal double Ratio => Predicted.Prediction.Time.Nanoseconds / Measured.Time.MedianNanoseconds;

    /// <summary>Whether the measured time lies in the predicted interval.</summary>
    internal bool IsInside => Measured.Time.MedianNanoseconds >= Predicted.Prediction.Time.LowNanoseconds
        && Measured.Time.MedianNanoseconds <= Predicted.Prediction.Time.HighNanoseconds;
}

/// <summary>Predictions held against measurements.</summary>
internal sealed record Evaluation(IReadOnlyList<EvaluatedModel> Models)
{
    /// <summary>The errors over all models, relative to the measured times.</summary>
    internal HeldOutError Error
    {
        get
        {
            var errors = Models.Select(model => Math.Abs(model.Ratio - 1)).ToList();
            return new HeldOutError("networks", errors.Count, errors.Average(), Math.Sqrt(errors.Average(error => error * error)),
                Share(errors, 0.05), Share(errors, 0.10));
        }
    }

    /// <summary>The share of models whose measured time lies in the predicted interval.</summary>
    internal double Inside => Models.Average(model => model.IsInside ? 1.0 : 0);

    private static double Share(List<double> errors, double limit) => errors.Average(error => error <= limit ? 1.0 : 0);
}
