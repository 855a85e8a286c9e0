using System.Globalization;
using FastDeepIoT.Fuzz;

if (args is not [var name, var seed, var seconds] || !Targets.All.TryGetValue(name, out var target))
{
    Console.Error.WriteLine($"TARGET SEED SECONDS    feeds broken input for so long; targets are {string.Join(", ", Targets.All.Keys)}");
    return 2;
}

using var folder = new FuzzFolder();
var run = new FuzzRun(target(folder.Path), int.Parse(seed, CultureInfo.InvariantCulture));
run.For(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
foreach (var (failure, input) in run.Failures)
{
    var kept = Path.GetFullPath(Path.Combine("artifacts", "fuzz", $"{name}-{seed}-{failure.Input}"));
    Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
    File.WriteAllBytes(kept, input);
    Console.WriteLine($"{kept}\n  {failure.What}");
}

Console.WriteLine($"{name}, seed {seed}: {run.Inputs} inputs, {run.Accepted} accepted, {run.Refused} refused with a code, {run.Failures.Count} failures, "
    + $"longest {run.Longest.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s");
return run.Failures.Count == 0 ? 0 : 1;
