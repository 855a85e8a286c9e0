using System.Text.Json;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Checked models for programs.</summary>
internal static class CheckJson
{
    /// <summary>The document.</summary>
    internal static string Of(IReadOnlyList<ModelCheck> checks) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("passed", checks.All(check => check.Passed));
        json.WriteObjects("models", checks, Write);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ModelCheck check)
    {
        json.WriteString("path", check.Model.Path);
        json.WriteString("device", check.Model.Device);
        json.WriteBoolean("passed", check.Passed);
        PredictionJson.Write(json, check.Model.Prediction.Time);
        WriteOptional(json, "budgetMs", check.Budget?.Nanoseconds);
        WriteOptional(json, "baselineMs", check.BaselineNanoseconds);
        json.WriteObjects("findings", check.Failures.Concat(check.Notes), Write);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? nanoseconds)
    {
        if (nanoseconds is { } time) json.WriteMilliseconds(name, time);
        else json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("code", finding.Code.Id);
        json.WriteString("severity", finding.Code.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", finding.Message);
    }
}
