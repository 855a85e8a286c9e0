namespace FastDeepIoT.Tool.Tests;

public sealed class UnitTests
{
    [Theory]
    [InlineData("12ms", 12e6)]
    [InlineData("850us", 850e3)]
    [InlineData("850 µs", 850e3)]
    [InlineData("1.5s", 1.5e9)]
    [InlineData("15m", 900e9)]
    [InlineData("40ns", 40)]
    public void Durations_are_read_with_their_unit(string text, double nanoseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(nanoseconds, duration.Nanoseconds, 1e-6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("ms")]
    [InlineData("0ms")]
    [InlineData("-1ms")]
    [InlineData("1,5ms")]
    [InlineData("1e3ms")]
    [InlineData("1.2.3ms")]
    [InlineData("12 MS")]
    [InlineData("99999999999999999999h")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(0.08, "0.08 ns")]
    [InlineData(4e6, "4 ms")]
    [InlineData(1.25e3, "1.25 us")]
    [InlineData(100e3, "100 us")]
    public void Round_numbers_are_shown_short(double nanoseconds, string text) => Assert.Equal(text, Duration.Short(nanoseconds));

    [Theory]
    [InlineData("5%", 0.05)]
    [InlineData("0.5 %", 0.005)]
    [InlineData("0%", 0)]
    public void Percentages_are_read_with_their_sign(string text, double fraction)
    {
        Assert.True(Percent.TryParse(text, out var percent));
        Assert.Equal(fraction, percent.Fraction, 1e-12);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("%")]
    [InlineData("-5%")]
    [InlineData("0,5%")]
    public void Anything_else_is_no_percentage(string text) => Assert.False(Percent.TryParse(text, out _));
}
