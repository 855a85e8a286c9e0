using System.Text.RegularExpressions;

namespace FastDeepIoT.TimeModel.Tests;

public sealed class DiagnosticTableTests
{
    private const string Pages = "docs/diagnostics";

    [Fact]
    public void Ids_are_unique_in_order_and_well_formed()
    {
        var ids = DiagnosticCode.All.Select(code => code.Id).ToList();

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^FDI[1239][0-9]{3}$", id));
        Assert.All(DiagnosticCode.All, code => Assert.Same(code, DiagnosticCode.Find(code.Id)));
    }

    [Fact]
    public void Every_code_that_is_declared_is_in_the_table()
    {
        var declared = typeof(DiagnosticCode).GetProperties()
            .Where(property => property.PropertyType == typeof(DiagnosticCode))
            .Select(property => (DiagnosticCode)property.GetValue(null)!);

        Assert.Equal(declared.OrderBy(code => code.Id, StringComparer.Ordinal), DiagnosticCode.All);
    }

    [Fact]
    public void Every_code_of_model_configuration_and_tool_has_a_page_with_its_title()
    {
        foreach (var code in DiagnosticCode.All.Where(code => !code.Id.StartsWith("FDI1", StringComparison.Ordinal)))
        {
            var page = Repository.Read($"{Pages}/{code.Id}.md");

            Assert.StartsWith($"# {code.Id}: {code.Title}\n", page);
            Assert.Contains($"\nSeverity: {code.Severity.ToString().ToLowerInvariant()}\n", page);
            Assert.Equal(["Cause", "How to fix", "How to suppress"], Regex.Matches(page, "^## (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
            Assert.EndsWith($"/docs/diagnostics/{code.Id}.md", code.HelpLink);
        }
    }

    [Fact]
    public void Every_code_of_the_analyzer_has_a_page_with_its_title() => Assert.All(DiagnosticCode.All.Where(code => code.Id.StartsWith("FDI1", StringComparison.Ordinal)),
        code => Assert.StartsWith($"# {code.Id}: {code.Title}\n", Repository.Read($"{Pages}/{code.Id}.md")));

    [Fact]
    public void Every_code_is_expected_by_a_test()
    {
        var names = typeof(DiagnosticCode).GetProperties().Where(property => property.PropertyType == typeof(DiagnosticCode))
            .ToDictionary(property => ((DiagnosticCode)property.GetValue(null)!).Id, property => $"{nameof(DiagnosticCode)}.{property.Name}");
        var tests = Repository.AllFiles("tests", "*Tests.cs").Select(File.ReadAllText)
            .Where(text => text.Contains("[Fact]", StringComparison.Ordinal) || text.Contains("[Theory]", StringComparison.Ordinal)).ToList();

        Assert.Empty(DiagnosticCode.All.Where(code => !tests.Exists(text => Regex.IsMatch(text, $@"\b({code.Id}|{Regex.Escape(names[code.Id])})\b"))).Select(code => code.Id));
    }

    [Fact]
    public void Every_page_is_about_a_code_of_the_table() => Assert.All(
        Repository.Files(Pages, "FDI*.md"), page => Assert.NotNull(DiagnosticCode.Find(Path.GetFileNameWithoutExtension(page))));
}
