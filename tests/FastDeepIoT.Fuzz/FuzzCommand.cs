using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace FastDeepIoT.Fuzz;

/// <summary>
/// Feeds one target for a time. The work is done in another process: native code may take it down with it, and then the number of the input,
/// which that process notes before each, tells which one it was.
/// </summary>
internal sealed class FuzzCommand(string name, int seed)
{
    private const string NoteVariable = "FASTDEEPIOT_FUZZ_NOTE";
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(120);
    private static readonly string Kept = Path.GetFullPath(Path.Combine("artifacts", "fuzz"));

    /// <summary>Feeds in processes of its own until the time is over; 0 when nothing failed.</summary>
    internal int Supervise(int seconds)
    {
        var note = Path.GetTempFileName();
        var (start, from, failed) = (Stopwatch.GetTimestamp(), 0, false);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds is var spent && spent < seconds)
        {
            var code = Child(note, (int)Math.Ceiling(seconds - spent), from);
            failed |= code != 0;
            if (code is 0 or 1) break;

            var at = int.Parse(System.IO.File.ReadAllText(note).Split('\n')[0], CultureInfo.InvariantCulture);
            Console.WriteLine($"{name}, seed {seed}: the process died with exit code {code} at input {at}");
            Keep(at, new FuzzRun(Targets.All[name], seed, new FuzzFolder()).Make(at));
            from = at + 1;
        }

        System.IO.File.Delete(note);
        return failed ? 1 : 0;
    }

    /// <summary>Feeds in this process; 0 when nothing failed, 1 when something did.</summary>
    internal int Feed(int seconds, int from)
    {
        using var folder = new FuzzFolder();
        Environment.SetEnvironmentVariable("TMPDIR", folder.Temporary);
        var run = new FuzzRun(Targets.All[name], seed, folder);
        using var note = Note();
        var start = Stopwatch.GetTimestamp();
        for (var input = from; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; input++)
        {
            note?.Write(0, input);
            note?.Write(sizeof(long), Stopwatch.GetTimestamp());
            run.One(input);
        }

        return Tell(run, from);
    }

    /// <summary>Feeds one input again.</summary>
    internal int Again(int number)
    {
        using var folder = new FuzzFolder();
        var run = new FuzzRun(Targets.All[name], seed, folder);
        Keep(number, run.Make(number));
        run.One(number);
        return Tell(run, number);
    }

    /// <summary>Feeds a file.</summary>
    internal int File(string path)
    {
        using var folder = new FuzzFolder();
        var run = new FuzzRun(Targets.All[name], seed, folder);
        run.One(0, System.IO.File.ReadAllBytes(path));
        return Tell(run, 0);
    }

    private int Child(string note, int seconds, int from)
    {
        System.IO.File.WriteAllBytes(note, new byte[2 * sizeof(long)]);
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        foreach (var argument in new[] { "feed", name, Text(seed), Text(seconds), Text(from) }) start.ArgumentList.Add(argument);
        start.Environment[NoteVariable] = note;
        using var child = Process.Start(start)!;
        while (!child.WaitForExit(TimeSpan.FromSeconds(5)))
            if (Read(note) is var (_, since) && since > 0 && Stopwatch.GetElapsedTime(since) > Hanging) child.Kill();
        var (input, _) = Read(note);
        System.IO.File.WriteAllText(note, Text(input) + "\n");
        return child.ExitCode;
    }

    private static (int Input, long Since) Read(string note)
    {
        var bytes = new byte[2 * sizeof(long)];
        using var file = new FileStream(note, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return (BitConverter.ToInt32(bytes, 0), BitConverter.ToInt64(bytes, sizeof(long)));
    }

    private static MemoryMappedViewAccessor? Note() => Environment.GetEnvironmentVariable(NoteVariable) is { } note
        ? MemoryMappedFile.CreateFromFile(note, FileMode.Open, null, 2 * sizeof(long)).CreateViewAccessor()
        : null;

    private int Tell(FuzzRun run, int from)
    {
        foreach (var (failure, input) in run.Failures) Console.WriteLine($"{Keep(failure.Input, input)}\n  {failure.What}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, seed {seed}, from {from}: {run.Inputs} inputs, {run.Accepted} accepted, "
            + $"{run.Refused} refused with a code, {run.Failures.Count} failures, {run.Spent.TotalSeconds:0.0} s, longest {run.Longest.TotalSeconds:0.00} s, most memory {run.MostBytes / 1048576.0:0.0} MiB"));
        return run.Failures.Count == 0 ? 0 : 1;
    }

    private string Keep(int number, byte[] input)
    {
        Directory.CreateDirectory(Kept);
        var path = Path.Combine(Kept, $"{name}-{Text(seed)}-{Text(number)}");
        System.IO.File.WriteAllBytes(path, input);
        return path;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
