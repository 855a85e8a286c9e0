using System.Text.RegularExpressions;

namespace FastDeepIoT.Tool.Tests;

public sealed class ExplainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExplainTests() => _folder.Write("device.json", TestDevices.Steps());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rules_are_sentences_that_can_be_checked()
    {
        var result = ToolProcess.Run(_folder, "explain", "device.json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Convolution, 2-D", result.Output);
        Assert.Contains("When output channels are a multiple of 8: 0.08 ns per multiply-accumulate, in steps of 16 output channels, "
            + "plus 1.2 us per call.", result.Output);
        Assert.Contains("Otherwise: 0.41 ns per multiply-accumulate, plus 1.2 us per call.", result.Output);
        Assert.Contains("Test CPU", result.Output);
    }

    [Fact]
    public void The_page_needs_nothing_but_itself_and_draws_the_staircases()
    {
        var result = ToolProcess.Run(_folder, "explain", "device.json", "--html", "out.html");

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        var page = _folder.Read("out.html");
        Assert.DoesNotMatch(new Regex("<script|<link|src=|https?://|@import|url\\(", RegexOptions.IgnoreCase), page);
        Assert.Contains("prefers-color-scheme: dark", page);
        Assert.Contains("When output channels are a multiple of 8", page);
        Assert.Matches("<path class=\"line series0\" d=\"M[0-9]", page);
    }

    [Fact]
    public void The_page_is_the_same_each_time()
    {
        ToolProcess.Run(_folder, "explain", "device.json", "--html", "one.html");
        ToolProcess.Run(_folder, "explain", "device.json", "--html", "two.html");

        Assert.Equal(_folder.Read("one.html"), _folder.Read("two.html"));
    }

    [Fact]
    public void Names_from_a_device_file_cannot_break_out_of_the_page()
    {
        _folder.Write("device.json", TestDevices.Steps(name: "<script>alert(1)</script>"));

        ToolProcess.Run(_folder, "explain", "device.json", "--html", "out.html");

        Assert.DoesNotContain("<script>", _folder.Read("out.html"));
    }
}
