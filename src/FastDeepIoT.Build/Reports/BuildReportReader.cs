using System;
using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Build.Reports;

/// <summary>Reads <c>fastdeepiot.build-report/1</c>.</summary>
internal static class BuildReportReader
{
    internal const string Schema = "fastdeepiot.build-report/1";

    /// <exception cref="FormatException">The text is not such a report; the message says where.</exception>
    internal static BuildReport Parse(string text)
    {
        var root = JsonReader.Parse(text);
        var schema = root["schema"].Text;
        if (schema != Schema) throw new FormatException($"schema is '{schema}', expected '{Schema}'");

        return new BuildReport(
            Status(root["status"]),
            root["model"].Text,
            root["mode"].Text,
            root.Find("device")?.Text,
            Time(root.Find("original")),
            Time(root.Find("optimized")),
            List(root, "findings", Finding))
        {
            Layers = List(root, "layers", Layer),
            Fixes = List(root, "fixes", Fix),
        };
    }

    private static IReadOnlyList<T> List<T>(JsonValue root, string name, Func<JsonValue, T> read) =>
        root.Find(name)?.Items.Select(read).ToList() ?? [];

    private static ReportStatus Status(JsonValue value) => value.Text switch
    {
        "optimized" => ReportStatus.Optimized,
        "unchanged" => ReportStatus.Unchanged,
        "failed" => ReportStatus.Failed,
        _ => throw value.Wrong("optimized, unchanged or failed"),
    };

    private static Prediction? Time(JsonValue? value) => value is null
        ? null
        : new Prediction(Nanoseconds(value["predictedMs"]), Nanoseconds(value["lowMs"]), Nanoseconds(value["highMs"]));

    private static double Nanoseconds(JsonValue milliseconds) => milliseconds.Number * 1e6;

    private static LayerCost Layer(JsonValue value) => new(
        value["name"].Text, value["kind"].Text, Nanoseconds(value["predictedMs"]), value["share"].Number, value.Find("advice")?.Text);

    private static LayerFix Fix(JsonValue value) => new(
        value["layer"].Text, value["advice"].Text, Nanoseconds(value["savedMs"]), value["growth"].Number);

    private static ReportedFinding Finding(JsonValue value) => new(
        DiagnosticCode.Find(value["code"].Text) ?? throw value["code"].Wrong("a code of the table of diagnostics"),
        Severity(value["severity"]),
        value["message"].Text,
        value.Find("file")?.Text);

    private static FindingSeverity Severity(JsonValue value) => value.Text switch
    {
        "message" => FindingSeverity.Message,
        "warning" => FindingSeverity.Warning,
        "error" => FindingSeverity.Error,
        _ => throw value.Wrong("message, warning or error"),
    };
}
