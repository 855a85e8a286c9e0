using System.Globalization;
using FastDeepIoT.Build.Budgets;

namespace FastDeepIoT.Build.Tests.Units;

public sealed class LatencyBudgetTests
{
    [Theory]
    [InlineData("12ms", 12)]
    [InlineData(" 1.5 s ", 1500)]
    [InlineData("800us", 0.8)]
    [InlineData("800\u00b5s", 0.8)]
    [InlineData("800\u03bcs", 0.8)]
    [InlineData("40ns", 0.00004)]
    public void TimesWithUnitsAreRead(string text, double milliseconds) =>
        Assert.Equal(milliseconds, LatencyBudget.TryParse(text)!.Value.Nanoseconds / 1e6, 12);

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("0ms")]
    [InlineData("-1ms")]
    [InlineData("1,5ms")]
    [InlineData("1e999ms")]
    [InlineData("NaNms")]
    [InlineData("ms")]
    [InlineData("12 minutes")]
    public void AnythingElseIsNot(string text) => Assert.Null(LatencyBudget.TryParse(text));

    [Fact]
    public void CultureDoesNotMatter()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = other;
            Assert.Equal("1.50 ms", LatencyBudget.TryParse("1.5ms").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
