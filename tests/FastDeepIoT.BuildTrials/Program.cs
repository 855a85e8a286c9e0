using System.Globalization;
using FastDeepIoT.BuildTrials;

return args switch
{
    ["prepare", var folder] => TimeTrial.Prepare(folder, [1, 20, 200]),
    ["noop", var folder, var models, var rounds] => TimeTrial.MeasureNothingToDo(folder, Number(models), Number(rounds)),
    ["first", var folder, var models, var rounds] => TimeTrial.MeasureFirst(folder, Number(models), Number(rounds)),
    ["kill", var seed, var count] => KillTrial.Run(Number(seed), Number(count)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("prepare FOLDER               makes projects with 1, 20 and 200 models, with and without the package, and builds them");
    Console.Error.WriteLine("noop FOLDER MODELS ROUNDS    times builds with nothing to do, with and without the package in turn");
    Console.Error.WriteLine("first FOLDER MODELS ROUNDS   times builds from nothing, without the package, with it, and with kept results, in turn");
    Console.Error.WriteLine("kill SEED COUNT              kills COUNT builds at random moments and checks the build after each");
    return 2;
}
