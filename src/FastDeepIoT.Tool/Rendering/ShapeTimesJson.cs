using System.Text.Json;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The part of a build report that the analyzer reads: at which sizes of its free dimensions a model is slow.</summary>
internal static class ShapeTimesJson
{
    private const int Digits = 4;

    /// <summary>Writes the members.</summary>
    internal static void Write(Utf8JsonWriter json, ShapeTimes times)
    {
        json.WriteObjects("inputs", times.Inputs, WriteInput);
        json.WriteObjects("dimensions", times.Dimensions, WriteDimension);
    }

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
