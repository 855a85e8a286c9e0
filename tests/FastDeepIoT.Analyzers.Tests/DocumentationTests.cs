using System.Globalization;
using System.Text.RegularExpressions;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class DocumentationTests
{
    private static readonly string[] _headings = ["Cause", "Why it is slow", "How to fix", "How to suppress", "Configuration"];

    /// <summary>Pages that quote a message about the built-in device, and code that it is said about.</summary>
    public static TheoryData<string, string> Quotations => new()
    {
        { "README.md", "Conv2d(63, 64, 3)" },
        { "FDI1001.md", "Conv2d(63, 64, 3)" },
        { "FDI1002.md", "Sequential(Conv2d(3, 100, 3), Conv2d(100, 10, 3))" },
    };

    public static TheoryData<string> Rules => [.. All.Select(rule => rule.Id).Order()];

    private static IEnumerable<DiagnosticDescriptor> All =>
        new WidthAnalyzer().SupportedDiagnostics.Union(new InputShapeAnalyzer().SupportedDiagnostics);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_agrees_with_the_table(string id)
    {
        var rule = All.Single(rule => rule.Id == id);
        var row = Assert.IsType<DiagnosticCode>(DiagnosticCode.Find(id));

        Assert.Equal(row.Title, rule.Title.ToString());
        Assert.Equal(row.HelpLink, rule.HelpLinkUri);
        Assert.Equal(row.Severity, rule.DefaultSeverity switch
        {
            DiagnosticSeverity.Info => FindingSeverity.Message,
            DiagnosticSeverity.Warning => FindingSeverity.Warning,
            _ => FindingSeverity.Error,
        });
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_has_the_title_and_every_heading(string id)
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", $"{id}.md"));

        Assert.StartsWith($"# {id}: {DiagnosticCode.Find(id)!.Title}\n", page);
        Assert.Equal(_headings, Regex.Matches(page, "^## (.*)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
    }

    [Theory]
    [MemberData(nameof(Quotations))]
    public async Task What_a_page_quotes_is_said(string page, string code)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(Check.Method($"{code};"), cancellationToken: cancellation);
        var compilation = CSharpCompilation.Create("quoted", [tree], [.. References.Framework, References.TorchSharp], new(OutputKind.DynamicallyLinkedLibrary));

        var said = await Analysis.DiagnosticsOf(compilation, BuiltInDevice.Model, cancellation);

        var quoted = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", page)).Where(line => line.Contains($"'{BuiltInDevice.Model.Name}'")).Select(line => line.Trim());
        Assert.Contains(Assert.Single(quoted), said.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_analyzer_row_of_the_table_is_a_rule() =>
        Assert.Equal(DiagnosticCode.All.Where(row => row.Id.StartsWith("FDI1")).Select(row => row.Id), Rules.Select(row => (string)row));
}
