using System.Text.Json;
using FastDeepIoT.Optimization;

namespace FastDeepIoT.Tool;

/// <summary>The trade-off between time and accuracy as JSON.</summary>
internal static class FrontierJson
{
    /// <summary>The document.</summary>
    internal static string Of(OptimizedModel model) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "fastdeepiot.frontier/1");
        json.WriteString("path", model.Delivered.Path);
        json.WriteString("device", model.Delivered.Device);
        json.WriteMilliseconds("originalMs", model.Before.Nanoseconds);
        WriteCompression(json, model.Compression!);
        json.WriteObjects("points", model.Compression!.Frontier, WritePoint);
        json.WriteEndObject();
    });

    /// <summary>What compression found, apart from the points.</summary>
    internal static void WriteCompression(Utf8JsonWriter json, CompressionReport report)
    {
        json.WriteStartObject("compression");
        json.WriteNumber("maxDrop", report.MaxDrop);
        json.WriteNumber("fitSamples", report.FitSamples);
        json.WriteNumber("choiceSamples", report.ChoiceSamples);
        json.WriteNumber("looks", report.Looks);
        WriteNames(json, "leftOut", report.LeftOut);
        OptimizationJson.WriteText(json, "missed", report.Missed);
        if (report.Judged is { } judged) WriteDrop(json, "judged", judged);
        else json.WriteNull("judged");
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, FrontierPoint point)
    {
        json.WriteMilliseconds("predictedMs", point.Nanoseconds);
        if (point.MeasuredNanoseconds is { } measured) json.WriteMilliseconds("measuredMs", measured);
        json.WriteBoolean("delivered", point.IsDelivered);
        WriteDrop(json, "drop", point.Drop);
        json.WriteStartArray("widths");
        foreach (var size in point.Sizes) json.WriteNumberValue(size);
        json.WriteEndArray();
        WriteNames(json, "leftOut", point.Removed);
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string> nodes)
    {
        json.WriteStartArray(name);
        foreach (var node in nodes) json.WriteStringValue(node);
        json.WriteEndArray();
    }

    private static void WriteDrop(Utf8JsonWriter json, string name, Drop drop)
    {
        json.WriteStartObject(name);
        json.WriteString("measure", JsonNamingPolicy.CamelCase.ConvertName(drop.Measure.ToString()));
        json.WriteShare("before", drop.Before);
        json.WriteShare("after", drop.After);
        json.WriteShare("drop", drop.Fraction);
        json.WriteShare("standardError", drop.StandardError);
        json.WriteShare("upperBound", drop.UpperBound);
        json.WriteNumber("samples", drop.Samples);
        json.WriteEndObject();
    }
}
