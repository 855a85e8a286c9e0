using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Baselines;
using FastDeepIoT.Build.Findings;
using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Build.Reports;

/// <summary>
/// Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for code scanning. Files are named relative to the root of
/// the sources, which is where version control has its folder, so the log is the same wherever they lie.
/// </summary>
internal sealed class FindingsSarif(string projectDirectory)
{
    private readonly string _root = RootOf(projectDirectory);

    /// <summary>The log of one run.</summary>
    internal string Of(IReadOnlyList<ShownFinding> findings) => JsonWriter.Write(Members(
        ("$schema", "https://json.schemastore.org/sarif-2.1.0.json"),
        ("version", "2.1.0"),
        ("runs", List(Members(
            ("tool", Members(("driver", Members(
                ("name", "FastDeepIoT.Build"),
                ("informationUri", "https://github.com/fastdeepiot/fastdeepiot-dotnet"),
                ("rules", List(findings.Select(finding => finding.Code).Distinct().OrderBy(code => code.Id, StringComparer.Ordinal).Select(Rule).ToArray())))))),
            ("results", List(findings.Select(Result).ToArray())))))));

    private static object Rule(DiagnosticCode code) => Members(
        ("id", code.Id),
        ("shortDescription", Members(("text", code.Title))),
        ("helpUri", code.HelpLink),
        ("defaultConfiguration", Members(("level", Level(code.Severity)))));

    private object Result(ShownFinding finding) => Members(
        ("ruleId", finding.Code.Id),
        ("level", Level(finding.Severity)),
        ("message", Members(("text", finding.Message))),
        ("locations", List(Members(("physicalLocation", Members(("artifactLocation", Artifact(finding.Place.File)), ("region", Region(finding.Place))))))));

    private object Artifact(string file)
    {
        var relative = RelativePath.Of(file, _root);
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Members(("uri", new Uri(Path.GetFullPath(file)).AbsoluteUri))
            : Members(("uri", string.Join("/", relative.Split('/').Select(Uri.EscapeDataString))), ("uriBaseId", "%SRCROOT%"));
    }

    // A model has no lines; viewers want one.
    private static object Region(SourceLocation place) => place.Column > 0
        ? Members(("startLine", place.Line), ("startColumn", place.Column))
        : Members(("startLine", Math.Max(1, place.Line)));

    private static string Level(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };

    private static string RootOf(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            var git = Path.Combine(folder.FullName, ".git"); // a file in worktrees and submodules
            if (Directory.Exists(git) || File.Exists(git)) return folder.FullName;
        }

        return directory;
    }

    private static IReadOnlyList<(string, object?)> Members(params (string, object?)[] members) => members;

    private static IReadOnlyList<object?> List(params object?[] items) => items;
}
