namespace FastDeepIoT.Tool;

/// <summary>
/// Stops the work when whoever asked for it is gone: the caller keeps a pipe to standard input open, and its end breaks the pipe however it
/// came. What a killed build had started must not write over what the next one does.
/// </summary>
internal static class Lifeline
{
    /// <summary>The only lifeline there is.</summary>
    internal const string StandardInput = "stdin";

    /// <summary>A token that is also cancelled when standard input ends.</summary>
    internal static CancellationTokenSource Watch(CancellationToken cancellation)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        new Thread(() => CancelAtEnd(source)) { IsBackground = true, Name = nameof(Lifeline) }.Start();
        return source;
    }

    private static void CancelAtEnd(CancellationTokenSource source)
    {
        using var input = Console.OpenStandardInput();
        try
        {
            while (input.ReadByte() >= 0)
            {
                // nothing is said on it
            }

            source.Cancel();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // the work is done already
        }
    }
}
