namespace FastDeepIoT.TimeModel.Tests;

public sealed class SeveritiesTests
{
    [Fact]
    public void A_project_overrides_the_table()
    {
        var severities = new Severities("FDI2001 = Warning; fdi2003=none;");

        Assert.Empty(severities.Problems);
        Assert.Equal(FindingSeverity.Warning, severities.Of(DiagnosticCode.OverBudget, FindingSeverity.Error));
        Assert.Null(severities.Of(DiagnosticCode.Unmodelled, FindingSeverity.Warning));
        Assert.Equal(FindingSeverity.Error, severities.Of(DiagnosticCode.NotOnnx, FindingSeverity.Error));
    }

    [Theory]
    [InlineData("FDI2001")]
    [InlineData("FDI2001=loud")]
    [InlineData("FDI0000=error")]
    public void An_entry_that_means_nothing_is_a_problem(string entry) => Assert.Equal([entry], new Severities(entry).Problems);
}
