using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What became of work on several files, of which some may be bad.</summary>
/// <param name="Results">Of those that worked, in the order given.</param>
/// <param name="Failures">One finding a file that did not.</param>
internal sealed record Attempts<T>(IReadOnlyList<T> Results, IReadOnlyList<Finding> Failures);

/// <summary>Works on several files.</summary>
internal static class Attempts
{
    /// <summary>Tries each file on its own, several at once: one bad file does not hide what there is to say about the others.</summary>
    internal static Attempts<T> Each<T>(IReadOnlyList<string> paths, Func<string, T> work, CancellationToken cancellation)
        where T : class
    {
        var tried = paths.AsParallel().AsOrdered().WithCancellation(cancellation).Select(path => Try(path, work)).ToList();
        return new Attempts<T>(
            [.. tried.Where(one => one.Result is not null).Select(one => one.Result!)],
            [.. tried.Where(one => one.Failure is not null).Select(one => one.Failure!)]);
    }

    private static (T? Result, Finding? Failure) Try<T>(string path, Func<string, T> work)
        where T : class
    {
        try
        {
            return (work(path), null);
        }
        catch (InputException e)
        {
            return (null, e.Finding);
        }
    }
}
