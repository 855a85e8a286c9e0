using System.Globalization;
using FastDeepIoT.Fuzz;

return args switch
{
    ["run", var target, var seed, var seconds] when Known(target) => new FuzzCommand(target, Number(seed)).Supervise(Number(seconds)),
    ["feed", var target, var seed, var seconds, var from] when Known(target) => new FuzzCommand(target, Number(seed)).Feed(Number(seconds), Number(from)),
    ["one", var target, var seed, var number] when Known(target) => new FuzzCommand(target, Number(seed)).Again(Number(number)),
    ["file", var target, var path] when Known(target) => new FuzzCommand(target, 0).File(path),
    _ => Usage(),
};

static bool Known(string target) => Targets.All.ContainsKey(target);

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("run TARGET SEED SECONDS        feeds broken input for so long, in a process that may die; what fails is kept in artifacts/fuzz");
    Console.Error.WriteLine("feed TARGET SEED SECONDS FROM  the same in this process, from an input on");
    Console.Error.WriteLine("one TARGET SEED NUMBER         feeds one input again and keeps it");
    Console.Error.WriteLine("file TARGET FILE               feeds a file");
    Console.Error.WriteLine($"Targets are {string.Join(", ", Targets.All.Keys)}.");
    return 2;
}
