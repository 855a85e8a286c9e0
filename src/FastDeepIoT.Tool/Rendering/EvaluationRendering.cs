using System.Text.Json;

namespace FastDeepIoT.Tool;

/// <summary>Predictions against measurements, for people and for programs.</summary>
internal static class EvaluationRendering
{
    /// <summary>A table, and the errors over all models.</summary>
    internal static string Text(Evaluation evaluation)
    {
        var table = new TextTable(">predicted", ">measured", ">ratio", "interval", "model");
        foreach (var model in evaluation.Models)
            table.Add(Duration.Text(model.Predicted.Prediction.Time.Nanoseconds), Duration.Text(model.Measured.Time.MedianNanoseconds),
                Number.Fixed(model.Ratio, 3), model.IsInside ? "inside" : "outside", model.Predicted.Path);
        var error = evaluation.Error;
        return table.Text()
            + $"\nMAPE {Number.Percent(error.Mape)}, RMSPE {Number.Percent(error.Rmspe)}, within 5% {Number.Percent(error.Within5)}, "
            + $"within 10% {Number.Percent(error.Within10)}, inside the 80% interval {Number.Percent(evaluation.Inside)} "
            + $"({Number.Count(error.Count, "model")})\n";
    }

    /// <summary>The document.</summary>
    internal static string Json(Evaluation evaluation) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteObjects("models", evaluation.Models, Write);
        var error = evaluation.Error;
        json.WriteStartObject("summary");
        json.WriteNumber("count", error.Count);
        json.WriteShare("mape", error.Mape);
        json.WriteShare("rmspe", error.Rmspe);
        json.WriteShare("within5", error.Within5);
        json.WriteShare("within10", error.Within10);
        json.WriteShare("insideInterval", evaluation.Inside);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, EvaluatedModel model)
    {
        json.WriteString("path", model.Predicted.Path);
        json.WriteString("device", model.Predicted.Device);
        PredictionJson.Write(json, model.Predicted.Prediction.Time);
        json.WriteMilliseconds("measuredMs", model.Measured.Time.MedianNanoseconds);
        json.WriteNumber("ratio", Math.Round(model.Ratio, 4));
        json.WriteBoolean("insideInterval", model.IsInside);
        json.WriteTexts("unmodelled", model.Predicted.Prediction.Unmodelled);
    }
}
