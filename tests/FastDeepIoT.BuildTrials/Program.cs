using System.Globalization;
using FastDeepIoT.BuildTrials;

return args switch
{
    ["prepare", var folder] => TimeTrial.Prepare(folder, [1, 20, 200]),
    ["noop", var folder, var models, var rounds] => TimeTrial.MeasureNothingToDo(folder, Number(models), Number(rounds)),
    ["first", var folder, var models, var rounds] => TimeTrial.MeasureFirst(folder, Number(models), Number(rounds)),
    ["kill", var seed, var count] => KillTrial.Run(Number(seed), Number(count)),
    ["kill-in", var folder, var seed, var seconds] => KillTrial.RunIn(Path.GetFullPath(folder), Number(seed), Number(seconds)),
    ["load-models", var folder, var projects, var models] => LoadTrial.Models(Path.GetFullPath(folder), Number(projects), Number(models)),
    ["load-nodes", var folder, var nodes] => LoadTrial.Nodes(Path.GetFullPath(folder), Number(nodes)),
    ["load-weights", var folder, var megabytes] => LoadTrial.Weights(Path.GetFullPath(folder), Number(megabytes)),
    ["load-device", var folder, var megabytes] => LoadTrial.Device(Path.GetFullPath(folder), Number(megabytes)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("prepare FOLDER               makes projects with 1, 20 and 200 models, with and without the package, and builds them");
    Console.Error.WriteLine("noop FOLDER MODELS ROUNDS    times builds with nothing to do, with and without the package in turn");
    Console.Error.WriteLine("first FOLDER MODELS ROUNDS   times builds from nothing, without the package, with it, and with kept results, in turn");
    Console.Error.WriteLine("kill SEED COUNT              kills COUNT builds at random moments and checks the build after each");
    Console.Error.WriteLine("kill-in FOLDER SEED SECONDS  the same for so long, in a folder that keeps the packed package");
    Console.Error.WriteLine("load-models FOLDER PROJECTS MODELS  builds a solution of so many projects with so many models each");
    Console.Error.WriteLine("load-nodes FOLDER NODES      predicts and optimizes a network of so many nodes");
    Console.Error.WriteLine("load-weights FOLDER MB       predicts and optimizes a model with so much external data");
    Console.Error.WriteLine("load-device FOLDER MB        predicts with a device model of that size");
    return 2;
}
