using System.CommandLine;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot cache</c>: the results that builds keep.</summary>
internal static class CacheCommand
{
    internal static Command Create()
    {
        var clear = new Option<bool>("--clear") { Description = "Remove all of them." };
        var command = new Command("cache", "Show what builds keep of their results, or remove it.") { clear };
        command.SetAction(parse =>
        {
            Output.Result(CacheFolder.Resolve(null) is { } folder
                ? Describe(folder, parse.GetValue(clear))
                : $"Nothing is kept: {CacheFolder.Variable} is '{CacheFolder.Off}', or there is no home folder.\n");
            return ExitCode.Done;
        });
        return command.WithExamples("cache", "cache --clear");
    }

    private static string Describe(string folder, bool clear)
    {
        var cache = new ResultCache(folder);
        var entries = cache.Entries;
        if (clear) cache.Clear();
        var size = OptimizationText.Bytes(entries.Sum(entry => entry.Length));
        return $"{folder}: {Number.Count(entries.Count, "result")}, {size}{(clear ? ", removed" : "")}\n";
    }
}
