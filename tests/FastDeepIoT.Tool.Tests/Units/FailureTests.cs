using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool.Tests;

public sealed class FailureTests
{
    [Fact]
    public void What_was_told_keeps_its_code() => Assert.Equal("a.onnx: FDI3009: no room", Told(new AggregateException(new InputException(DiagnosticCode.CannotWrite, "no room", "a.onnx"))));

    [Fact]
    public void Want_of_memory_is_no_mistake_of_ours() => Assert.StartsWith("FDI3018: There is not enough memory", Told(new OutOfMemoryException()));

    [Fact]
    public void What_nobody_foresaw_is() => Assert.StartsWith("FDI9001: This is a mistake in fastdeepiot", Told(new InvalidOperationException("not this")));

    private static string Told(Exception exception)
    {
        using var error = new StringWriter();
        Assert.Equal(ExitCode.BadInput, Failure.Report(exception, error, debug: false));
        return error.ToString().Trim();
    }
}
