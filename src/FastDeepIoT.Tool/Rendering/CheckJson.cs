using System.Text.Json;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Checked models for programs.</summary>
internal static class CheckJson
{
    /// <summary>The document.</summary>
    internal static string Of(CheckResult result) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("passed", result.Passed);
        json.WriteObjects("models", result.Models, Write);
        if (result.Total is { } total) Write(json, total);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, TotalCheck total)
    {
        json.WriteStartObject("total");
        json.WriteBoolean("passed", total.Passed);
        PredictionJson.Write(json, total.Time);
        WriteOptional(json, "budgetMs", total.Budget.Nanoseconds);
        json.WriteObjects("findings", total.Findings, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ModelCheck check)
    {
        json.WriteString("path", check.Model.Path);
        json.WriteString("device", check.Model.Device);
        json.WriteBoolean("passed", check.Passed);
        PredictionJson.Write(json, check.Model.Prediction.Time);
        WriteOptional(json, "budgetMs", check.Budget?.Nanoseconds);
        WriteOptional(json, "baselineMs", check.BaselineNanoseconds);
        json.WriteObjects("findings", check.Findings, Write);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? nanoseconds)
    {
        if (nanoseconds is { } time) json.WriteMilliseconds(name, time);
        else json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, JudgedFinding judged)
    {
        json.WriteString("code", judged.Finding.Code.Id);
        json.WriteString("severity", judged.SeverityName);
        json.WriteString("message", judged.Finding.Message);
    }
}
