using System.Text.Json;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The report of a build on one model (docs/build-protocol.md): the same on every machine, wherever the sources lie.</summary>
internal static class BuildReportJson
{
    internal const string Schema = "fastdeepiot.build-report/1";

    private const int LayersNamed = 10;
    private const int FixesNamed = 10;

    /// <summary>The document.</summary>
    internal static string Of(BuildReport report, ProjectFolder project) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("status", report.Status);
        json.WriteString("model", report.Model.Name);
        json.WriteString("mode", report.Model.Mode);
        OptimizationJson.WriteText(json, "device", report.Device);
        WriteTime(json, "original", report.Result?.Before);
        WriteTime(json, "optimized", report.Result?.After);
        OptimizationJson.WriteDifference(json, report.Result?.Report?.Verification);
        json.WriteObjects("layers", report.Result?.Delivered.Costs(LayersNamed) ?? [], WriteLayer);
        json.WriteObjects("fixes", report.Result?.Delivered.Fixes(FixesNamed) ?? [], WriteFix);
        json.WriteObjects("findings", report.Findings, (_, finding) => WriteFinding(json, finding, report.Model, project));
        json.WriteEndObject();
    });

    private static void WriteTime(Utf8JsonWriter json, string name, Prediction? time)
    {
        if (time is { } known) OptimizationJson.WriteTime(json, name, known);
        else json.WriteNull(name);
    }

    private static void WriteLayer(Utf8JsonWriter json, LayerCost layer)
    {
        json.WriteString("name", layer.Name);
        json.WriteString("kind", layer.Kind);
        json.WriteMilliseconds("predictedMs", layer.Nanoseconds);
        json.WriteShare("share", layer.Share);
        OptimizationJson.WriteText(json, "advice", layer.Advice);
    }

    private static void WriteFix(Utf8JsonWriter json, LayerFix fix)
    {
        json.WriteString("layer", fix.Layer);
        json.WriteString("advice", fix.Advice);
        json.WriteMilliseconds("savedMs", fix.SavedNanoseconds);
        json.WriteShare("growth", fix.Growth);
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, BuildModel model, ProjectFolder project)
    {
        json.WriteString("code", finding.Code.Id);
        json.WriteString("severity", finding.Code.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", finding.Message.ReplaceLineEndings(" "));
        OptimizationJson.WriteText(json, "file", FileOf(finding, model, project));
    }

    private static string? FileOf(Finding finding, BuildModel model, ProjectFolder project) =>
        finding.File is not { } file || file == model.Name || file == model.Source ? null : project.NameOf(file);
}
