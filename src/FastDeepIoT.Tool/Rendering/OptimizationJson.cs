using System.Text.Json;
using FastDeepIoT.Optimization;

namespace FastDeepIoT.Tool;

/// <summary>What became of a model, for programs.</summary>
internal static class OptimizationJson
{
    /// <summary>The document.</summary>
    internal static string Of(OptimizedModel model) => JsonText.Of(json =>
    {
        var report = model.Report!;
        json.WriteStartObject();
        json.WriteString("schema", "fastdeepiot.optimization-report/1");
        json.WriteString("path", model.Delivered.Path);
        json.WriteString("device", model.Delivered.Device);
        json.WriteString("status", model.IsFaster ? "optimized" : "unchanged");
        WriteText(json, "unchanged", report.Unchanged);
        WriteTime(json, "original", model.Before);
        WriteTime(json, "optimized", model.After);
        WriteMeasured(json, model.Measured);
        json.WriteNumber("weightBytesBefore", report.WeightBytesBefore);
        json.WriteNumber("weightBytesAfter", model.IsFaster ? report.WeightBytesAfter : report.WeightBytesBefore);
        WriteDifference(json, report.Verification);
        if (model.Compression is { } compression) FrontierJson.WriteCompression(json, compression);
        json.WriteTexts("unmodelled", report.Unmodelled);
        json.WriteObjects("widths", report.Widths, WriteWidth);
        json.WriteObjects("layers", report.Layers, WriteLayer);
        json.WriteEndObject();
    });

    /// <summary>A predicted time as an object.</summary>
    internal static void WriteTime(Utf8JsonWriter json, string name, TimeModel.Prediction time)
    {
        json.WriteStartObject(name);
        PredictionJson.Write(json, time);
        json.WriteEndObject();
    }

    /// <summary>The largest difference between outputs; null when nothing was compared.</summary>
    internal static void WriteDifference(Utf8JsonWriter json, VerificationResult? verification)
    {
        if (verification is { } compared && double.IsFinite(compared.MaxRelativeDifference))
            json.WriteNumber("maxRelativeDifference", compared.MaxRelativeDifference);
        else json.WriteNull("maxRelativeDifference");
    }

    /// <summary>A text, or null.</summary>
    internal static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null) json.WriteNull(name);
        else json.WriteString(name, text);
    }

    private static void WriteMeasured(Utf8JsonWriter json, MeasuredGain? gain)
    {
        if (gain is null)
        {
            json.WriteNull("measured");
            return;
        }

        json.WriteStartObject("measured");
        json.WriteMilliseconds("originalMs", gain.Before.MedianNanoseconds);
        json.WriteMilliseconds("optimizedMs", gain.After.MedianNanoseconds);
        json.WriteEndObject();
    }

    private static void WriteWidth(Utf8JsonWriter json, WidthOutcome width)
    {
        json.WriteTexts("nodes", width.Nodes);
        json.WriteNumber("before", width.Before);
        json.WriteNumber("after", width.After);
        json.WriteMilliseconds("gainMs", width.GainNanoseconds);
        json.WriteStartObject("removed");
        json.WriteNumber("idle", width.Removed.Idle);
        json.WriteNumber("constant", width.Removed.Constant);
        json.WriteNumber("equal", width.Removed.Equal);
        json.WriteEndObject();
        WriteText(json, "kept", width.Kept);
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerOutcome layer)
    {
        json.WriteString("name", layer.Name);
        json.WriteString("kind", layer.Kind);
        WriteTime(json, "originalMs", layer.BeforeNanoseconds);
        WriteTime(json, "optimizedMs", layer.AfterNanoseconds);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, double? nanoseconds)
    {
        if (nanoseconds is { } time) json.WriteMilliseconds(name, time);
        else json.WriteNull(name);
    }
}
