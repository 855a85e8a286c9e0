using System.Text.Json;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// What the analyzer reads: at which sizes of its free dimensions a model is slow. A file of its own beside the report, so that the compiler
/// runs again only when something of this has changed.
/// </summary>
internal static class ShapeTimesJson
{
    private const int Digits = 4;

    /// <summary>The document; empty when no size of any dimension is slow.</summary>
    internal static string Of(ShapeTimes times) => times.Dimensions.All(dimension => dimension.Cliffs.Count == 0) ? "" : JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", BuildReportJson.Schema);
        json.WriteString("model", times.Model);
        json.WriteString("device", times.Device);
        json.WriteObjects("inputs", times.Inputs, WriteInput);
        json.WriteObjects("dimensions", times.Dimensions, WriteDimension);
        json.WriteEndObject();
    });

    private static void WriteInput(Utf8JsonWriter json, ModelInput input)
    {
        json.WriteString("name", input.Name);
        json.WriteStartArray("axes");
        foreach (var axis in input.Axes)
            if (axis.Dimension is { } name) json.WriteStringValue(name);
            else json.WriteNumberValue(axis.Size);
        json.WriteEndArray();
    }

    private static void WriteDimension(Utf8JsonWriter json, DimensionTimes dimension)
    {
        json.WriteString("name", dimension.Name);
        json.WriteNumber("assumed", dimension.Assumed);
        json.WriteObjects("cliffs", dimension.Cliffs, WriteCliff);
    }

    private static void WriteCliff(Utf8JsonWriter json, SizeCliff cliff)
    {
        json.WriteNumber("size", cliff.Size);
        WriteComparison(json, "larger", cliff.Larger);
        WriteComparison(json, "smaller", cliff.Smaller);
    }

    private static void WriteComparison(Utf8JsonWriter json, string name, SizeComparison? comparison)
    {
        if (comparison is null) return;

        json.WriteStartObject(name);
        json.WriteNumber("size", comparison.Size);
        json.WriteNumber("ratio", Math.Round(comparison.Ratio, Digits));
        json.WriteNumber("excess", Math.Round(comparison.Excess, Digits));
        json.WriteNumber("uncertainty", Math.Round(comparison.Uncertainty, Digits));
        json.WriteEndObject();
    }
}
