using System.Text;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>
/// The standard error of this process, told apart by the flow of calls that writes to it: runs of the tool inside this process can stand beside
/// each other, and each is heard alone.
/// </summary>
internal sealed class FlowError : TextWriter
{
    private static readonly AsyncLocal<TextWriter?> Listener = new();
    private readonly TextWriter _everybody = Console.Error;

    static FlowError() => Console.SetError(new FlowError());

    private FlowError()
    {
    }

    public override Encoding Encoding => _everybody.Encoding;

    private TextWriter Target => Listener.Value ?? _everybody;

    /// <summary>Hands what this flow of calls writes from now on to a writer, until disposed.</summary>
    internal static IDisposable Into(TextWriter writer)
    {
        Listener.Value = writer;
        return new Ending();
    }

    public override void Write(char value) => Target.Write(value);

    public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

    public override void Write(string? value) => Target.Write(value);

    public override void WriteLine(string? value) => Target.WriteLine(value);

    private sealed class Ending : IDisposable
    {
        public void Dispose() => Listener.Value = null;
    }
}
