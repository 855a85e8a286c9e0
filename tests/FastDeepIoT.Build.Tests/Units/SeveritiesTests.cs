using FastDeepIoT.Build.Findings;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Tests.Units;

public sealed class SeveritiesTests
{
    [Fact]
    public void ProjectOverridesTheTable()
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
    public void EntryThatMeansNothingIsAProblem(string entry) => Assert.Equal([entry], new Severities(entry).Problems);
}
