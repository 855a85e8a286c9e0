using System.Text.Json;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for code scanning.</summary>
internal static class CheckSarif
{
    /// <summary>The log of one run.</summary>
    internal static string Of(CheckResult result)
    {
        var findings = result.Findings.ToList();
        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteObjects("runs", [findings], WriteRun);
            json.WriteEndObject();
        });
    }

    private static void WriteRun(Utf8JsonWriter json, IReadOnlyList<JudgedFinding> findings)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "fastdeepiot");
        json.WriteString("informationUri", "https://github.com/fastdeepiot/fastdeepiot-dotnet");
        var rules = findings.Select(judged => judged.Finding.Code).Distinct().OrderBy(code => code.Id, StringComparer.Ordinal);
        json.WriteObjects("rules", rules, WriteRule);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteObjects("results", findings, WriteResult);
    }

    private static void WriteRule(Utf8JsonWriter json, DiagnosticCode code)
    {
        json.WriteString("id", code.Id);
        WriteText(json, "shortDescription", code.Title);
        json.WriteString("helpUri", code.HelpLink);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(code.Severity));
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, JudgedFinding judged)
    {
        var finding = judged.Finding;
        json.WriteString("ruleId", finding.Code.Id);
        json.WriteString("level", Level(judged.Severity));
        WriteText(json, "message", finding.Message);
        json.WriteObjects("locations", finding.File is { } file ? [file] : Array.Empty<string>(), WriteLocation);
    }

    // A model has no lines; viewers want one.
    private static void WriteLocation(Utf8JsonWriter json, string file)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(file));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", 1);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string UriOf(string file) => Path.IsPathRooted(file)
        ? new Uri(Path.GetFullPath(file)).AbsoluteUri
        : string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static string Level(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };
}
