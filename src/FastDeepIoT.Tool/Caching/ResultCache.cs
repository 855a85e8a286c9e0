using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// Results of builds, by what they depend on. Entries are whole files that are moved into place, so any number of builds may use one
/// folder; whatever goes wrong with it costs time, never a build.
/// </summary>
/// <param name="folder">Where results are kept; nothing else in it is touched.</param>
/// <param name="largestBytes">What is kept at most.</param>
internal sealed class ResultCache(string folder, long largestBytes = ResultCache.DefaultBytes)
{
    /// <summary>A gigabyte: thousands of networks for devices, dozens of large ones.</summary>
    internal const long DefaultBytes = 1_000_000_000;

    // One result must not drive out all others, and room is made for more than the next one.
    private const double LargestEntry = 0.25;
    private const double KeptWhenFull = 0.8;
    private const string Extension = ".result";

    // A build that lives has moved its temporary file long before.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private readonly string _results = Path.Combine(folder, "results");
    private int _stored;

    /// <summary>What went wrong first; null when nothing did.</summary>
    internal Finding? Problem { get; private set; }

    /// <summary>The files of all entries.</summary>
    internal IReadOnlyList<FileInfo> Entries => [.. Files().Where(file => file.Extension == Extension)];

    /// <summary>Delivers a kept result; null when there is none.</summary>
    internal string? Restore(string key, BuildModel model) => Guard(() =>
    {
        var path = PathOf(key);
        if (!Disk.HasFile(path) || Read(path, model.Source, model.Output) is not { } result) return null;

        BuildFiles.Write(model, result.Report, result.Shapes);
        Disk.Touch(path); // used last: driven out last
        return result.Line;
    });

    /// <summary>Reads an entry and delivers its model; null, and away with it, when it is not a whole one.</summary>
    /// <exception cref="InputException">FDI3009 when the model cannot be delivered.</exception>
    internal CachedResult? Read(string path, string source, string destination)
    {
        if (CacheEntry.Deliver(path, source, destination) is { } result) return result;

        Disk.Delete(path);
        return null;
    }

    /// <summary>Keeps a result.</summary>
    internal void Store(string key, BuildModel model, CachedResult result) => Guard(() =>
    {
        if (!result.IsOriginal && Disk.Length(model.Output) > LargestEntry * largestBytes) return null;

        Disk.CreatePrivateFolder(Path.GetDirectoryName(PathOf(key))!); // what is built may be nobody else's business
        CacheEntry.Write(PathOf(key), result, model.Output);
        Interlocked.Increment(ref _stored);
        return key;
    });

    /// <summary>Drives out what was not used for longest, when there is too much. To be called once, after the work.</summary>
    internal void Trim() => Guard(() =>
    {
        if (_stored == 0) return null;
        foreach (var file in Files().Where(file => file.Extension != Extension && DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned)) file.Delete();

        var total = Entries.Sum(file => file.Length);
        if (total <= largestBytes) return null;
        foreach (var file in Entries.OrderBy(file => file.LastWriteTimeUtc).TakeWhile(_ => total > KeptWhenFull * largestBytes))
        {
            total -= file.Length;
            file.Delete();
        }

        return folder;
    });

    /// <summary>Removes all entries, and nothing else.</summary>
    /// <exception cref="InputException">FDI3020 when one cannot be removed.</exception>
    internal void Clear()
    {
        Guard(() =>
        {
            foreach (var file in Files()) file.Delete();
            foreach (var empty in Directory.Exists(_results) ? Directory.GetDirectories(_results) : []) Directory.Delete(empty);
            return folder;
        });
        if (Problem is { } problem) throw new InputException(problem);
    }

    private string PathOf(string key) => Path.Combine(_results, key[..2], key + Extension);

    private IEnumerable<FileInfo> Files() => Directory.Exists(_results)
        ? new DirectoryInfo(_results).EnumerateFiles("*" + Extension + "*", SearchOption.AllDirectories)
        : [];

    private string? Guard(Func<string?> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            Problem ??= new Finding(DiagnosticCode.CacheUnusable,
                $"The cache of results cannot be used: {e.Message.TrimEnd()} Builds work without it, but slower. Check the folder, or name another "
                + $"with FastDeepIoTCache or {CacheFolder.Variable}; '{CacheFolder.Off}' keeps nothing.", folder);
            return null;
        }
    }
}
