using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel.Files;

/// <summary>Reads the shape times of a model from the report of its build (docs/build-protocol.md).</summary>
public static class ShapeTimesReader
{
    private const string Schema = "fastdeepiot.build-report/1";

    /// <summary>The shape times of a report; null when the model has no free dimensions, or could not be built.</summary>
    /// <exception cref="InputException">FDI1008 when the text is no report, or of another version.</exception>
    public static ShapeTimes? Read(string report)
    {
        try
        {
            var root = JsonReader.Parse(report);
            if (root["schema"].Text != Schema) throw root["schema"].Wrong($"\"{Schema}\"");
            if (root.Find("device") is not { } device || root.Find("inputs") is not { } inputs) return null;

            return new ShapeTimes(root["model"].Text, device.Text, ReadAll(inputs, ReadInput), ReadAll(root["dimensions"], ReadDimension));
        }
        catch (FormatException e)
        {
            throw new InputException(DiagnosticCode.AnalyzerFileUnreadable,
                $"Not a readable report on a model: {e.Message}. Build the project again; the package and its tool must be of one version.", cause: e);
        }
    }

    private static List<T> ReadAll<T>(JsonValue array, Func<JsonValue, T> read) => array.Items.Select(read).ToList();

    private static ModelInput ReadInput(JsonValue input) => new(input["name"].Text, ReadAll(input["axes"], ReadAxis));

    private static ModelAxis ReadAxis(JsonValue axis) => axis.IsText ? new(axis.Text, 0) : new(null, axis.Integer);

    private static DimensionTimes ReadDimension(JsonValue dimension) =>
        new(dimension["name"].Text, dimension["assumed"].Integer, ReadAll(dimension["cliffs"], ReadCliff));

    private static SizeCliff ReadCliff(JsonValue cliff) =>
        new(cliff["size"].Integer, ReadComparison(cliff.Find("larger")), ReadComparison(cliff.Find("smaller")));

    private static SizeComparison? ReadComparison(JsonValue? comparison) => comparison is null
        ? null
        : new(comparison["size"].Integer, comparison["ratio"].Number, comparison["excess"].Number, comparison["uncertainty"].Number);
}
