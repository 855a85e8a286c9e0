using FastDeepIoT.TimeModel;
using Microsoft.Win32.SafeHandles;

namespace FastDeepIoT.Onnx;

/// <summary>
/// The one door to files and folders. Every operation announces itself first, so that a test can make each operation of a run fail once and
/// look at what is left (as SQLite tests itself).
/// </summary>
internal static class Disk
{
    private const int FewBytes = 1 << 16;
    private static readonly AsyncLocal<Action<string, string>?> Watcher = new();

    /// <summary>
    /// Told every operation and its path before it happens; what it throws, the operation throws. Seen by the flow of calls that sets it
    /// only. Null outside of tests.
    /// </summary>
    internal static Action<string, string>? Watch
    {
        get => Watcher.Value;
        set => Watcher.Value = value;
    }

    /// <summary>Whether there is a file; asks nothing of it.</summary>
    internal static bool HasFile(string path) => File.Exists(path);

    /// <summary>Whether there is a folder.</summary>
    internal static bool HasFolder(string path) => Directory.Exists(path);

    /// <summary>Bytes of a file, of the one that it leads to when it is a link; 0 for pipes and devices.</summary>
    internal static long Length(string path)
    {
        Announce("length", path);
        return Target(path).Length;
    }

    /// <summary>What changes when a file, or the one that it leads to, is written.</summary>
    internal static (long Bytes, DateTime Written) Stamp(string path)
    {
        Announce("stamp", path);
        var file = Target(path);
        return (file.Length, file.LastWriteTimeUtc);
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <param name="bufferBytes">How much is read at once at most; of a smaller file what there is.</param>
    internal static Stream OpenRead(string path, FileShare share = FileShare.Read, int bufferBytes = 1 << 16)
    {
        Announce("open", path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, share);
        try
        {
            return Watched(new FileStream(handle, FileAccess.Read, (int)Math.Min(bufferBytes, LengthOf(handle) + 1)), path);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Creates a file that is not there yet.</summary>
    internal static Stream CreateNew(string path)
    {
        Announce("create", path);
        return Watched(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16), path);
    }

    /// <summary>Opens a file for writing behind what is in it; others may read it meanwhile.</summary>
    internal static Stream Append(string path)
    {
        Announce("append", path);
        return Watched(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), path);
    }

    /// <summary>Moves a file, over another one if there is one.</summary>
    internal static void Move(string from, string to)
    {
        Announce("move", to);
        File.Move(from, to, overwrite: true);
    }

    /// <summary>Deletes a file; nothing happens when there is none.</summary>
    internal static void Delete(string path)
    {
        Announce("delete", path);
        File.Delete(path);
    }

    /// <summary>Deletes a file that is of no use any more. It stays where it cannot be deleted: that is no reason to fail.</summary>
    internal static void TryDelete(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
        }
    }

    /// <summary>Makes a folder and all above it.</summary>
    internal static void CreateFolder(string path)
    {
        Announce("folder", path);
        Directory.CreateDirectory(path);
    }

    /// <summary>Makes a folder, and all above it, that nobody but its owner can look into.</summary>
    internal static void CreatePrivateFolder(string path)
    {
        Announce("folder", path);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes an empty folder of our own for files that do not stay; only its owner can look into it.</summary>
    /// <exception cref="InputException">FDI3009 when there is no place for one.</exception>
    internal static string CreateTemporaryFolder()
    {
        try
        {
            Announce("temporary", Path.GetTempPath());
            return Directory.CreateTempSubdirectory("fastdeepiot-").FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(DiagnosticCode.CannotWrite,
                $"No temporary folder can be made: {e.Message} Check rights and space, or name another folder with the variable TMPDIR (TMP on Windows).", Path.GetTempPath(), e);
        }
    }

    /// <summary>Removes a folder of <see cref="CreateTemporaryFolder"/>; what cannot be removed is left to the system.</summary>
    internal static void RemoveTemporaryFolder(string path)
    {
        try
        {
            Announce("remove", path);
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Whether a file beside another one could hold so many bytes; tried by writing them.</summary>
    internal static bool HasRoom(string beside, long bytes)
    {
        var trial = beside + ".room";
        try
        {
            using var stream = CreateNew(trial);
            for (var left = bytes; left > 0; left -= FewBytes) stream.Write(new byte[Math.Min(left, FewBytes)]);
            stream.Flush();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            TryDelete(trial);
        }
    }

    /// <summary>Notes that a file was used now.</summary>
    internal static void Touch(string path)
    {
        Announce("touch", path);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
    }

    /// <summary>The files of a folder.</summary>
    internal static IReadOnlyList<string> Files(string folder, string pattern = "*", SearchOption depth = SearchOption.TopDirectoryOnly)
    {
        Announce("list", folder);
        return Directory.GetFiles(folder, pattern, depth);
    }

    // A pipe has none.
    private static long LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return int.MaxValue;
        }
    }

    private static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
    }

    private static void Announce(string operation, string path) => Watch?.Invoke(operation, path);

    private static Stream Watched(FileStream file, string path) => Watch is { } watch ? new WatchedStream(file, operation => watch(operation, path)) : file;
}
