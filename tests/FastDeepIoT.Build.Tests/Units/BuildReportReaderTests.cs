using FastDeepIoT.Build.Reports;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Tests.Units;

public sealed class BuildReportReaderTests
{
    [Fact]
    public void ExampleOfTheProtocolIsRead()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "build-protocol.md"));
        var start = text.IndexOf("    {\n      \"schema\"", StringComparison.Ordinal);
        var report = BuildReportReader.Parse(text[start..(text.IndexOf("\n    }\n", start, StringComparison.Ordinal) + 7)]);

        Assert.Equal(ReportStatus.Optimized, report.Status);
        Assert.Equal("models/digits.onnx", report.Model);
        Assert.Equal(new Prediction(65_000, 59_000, 72_000), report.Optimized);
        Assert.Equal("exact", report.Mode);
        Assert.Equal(0.32, Assert.Single(report.Layers).Share);
        Assert.Equal(4000, Assert.Single(report.Fixes).SavedNanoseconds);
        Assert.Equal(DiagnosticCode.StandInDevice, Assert.Single(report.Findings).Code);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{}", "'schema' is missing")]
    [InlineData("""{"schema": "fastdeepiot.build-report/9"}""", "expected 'fastdeepiot.build-report/1'")]
    [InlineData("""{"schema": "fastdeepiot.build-report/1", "status": "fine"}""", "expected optimized, unchanged or failed")]
    public void AnotherFileIsRefusedWithAReason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => BuildReportReader.Parse(text)).Message, StringComparison.Ordinal);
}
