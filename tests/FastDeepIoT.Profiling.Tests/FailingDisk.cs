using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

/// <summary>What a piece of work did to files, one of which may have failed.</summary>
/// <param name="Operations">What it did, in order.</param>
/// <param name="Paths">To what.</param>
/// <param name="Thrown">What it ended with; null when it ended well.</param>
internal sealed record DiskRun(IReadOnlyList<string> Operations, IReadOnlyList<string> Paths, InputException? Thrown);

/// <summary>Does a piece of work while one of its file operations fails.</summary>
internal static class FailingDisk
{
    /// <summary>Does it with nothing failing.</summary>
    internal static DiskRun Whole(Action work) => Run(-1, work);

    /// <summary>Does it; its file operation of that number fails.</summary>
    internal static DiskRun Run(int failing, Action work)
    {
        List<string> operations = [], paths = [];
        InputException? thrown = null;
        Disk.Watch = (operation, path) =>
        {
            operations.Add(operation);
            paths.Add(path);
            if (operations.Count - 1 == failing) throw failing % 2 == 0 ? new IOException($"No space left on device : '{path}'") : new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        };
        try
        {
            work();
        }
        catch (InputException e)
        {
            thrown = e;
        }
        finally
        {
            Disk.Watch = null;
        }

        return new DiskRun(operations, paths, thrown);
    }
}
