using System.Text.Json;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Predictions for programs.</summary>
internal static class PredictionJson
{
    /// <summary>The document.</summary>
    internal static string Of(IReadOnlyList<PredictedModel> models) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteObjects("models", models, Write);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, PredictedModel model)
    {
        json.WriteString("path", model.Path);
        json.WriteString("device", model.Device);
        Write(json, model.Prediction.Time);
        json.WriteTexts("unmodelled", model.Prediction.Unmodelled);
        json.WriteObjects("layers", model.Prediction.Layers, (_, layer) => Write(json, model, layer));
    }

    /// <summary>A predicted time with its interval.</summary>
    internal static void Write(Utf8JsonWriter json, Prediction time)
    {
        json.WriteMilliseconds("predictedMs", time.Nanoseconds);
        json.WriteMilliseconds("lowMs", time.LowNanoseconds);
        json.WriteMilliseconds("highMs", time.HighNanoseconds);
    }

    private static void Write(Utf8JsonWriter json, PredictedModel model, LayerPrediction layer)
    {
        json.WriteString("name", layer.Name);
        json.WriteString("kind", layer.Kind);
        json.WriteMilliseconds("predictedMs", layer.Time.Nanoseconds);
        json.WriteShare("share", model.ShareOf(layer));
        if (model.CliffOf(layer) is not { } cliff) json.WriteNull("cliff");
        else Write(json, cliff);
    }

    private static void Write(Utf8JsonWriter json, LayerCliff cliff)
    {
        json.WriteStartObject("cliff");
        json.WriteString("axis", cliff.Feature);
        json.WriteNumber("width", cliff.Width);
        json.WriteNumber("betterWidth", cliff.BetterWidth);
        json.WriteNumber("ratio", Math.Round(cliff.Ratio, 3));
        json.WriteMilliseconds("savedMs", cliff.SavedNanoseconds);
        json.WriteEndObject();
    }
}
