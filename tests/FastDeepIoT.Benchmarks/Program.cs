using System.Globalization;
using FastDeepIoT.Benchmarks;
using FastDeepIoT.Benchmarks.Families;
using FastDeepIoT.Benchmarks.Learners;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

return args switch
{
    ["analyzer", ("bare" or "sdk") and var baseline, ("warm" or "cold") and var start, var rounds, var device] => AnalyzerCost.Run(
        Path.GetFullPath(device), baseline == "sdk", start == "warm", int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture)),
    ["warnings", var device, .. var sources] => WarningCheck.Run(Device(device), sources),
    ["groups", .. var models] => GroupListing.Print(models),
    ["graph", var model] => GraphListing.Print(model),
    ["couplings", var by, .. var folders] => CouplingCheck.Run(int.Parse(by, CultureInfo.InvariantCulture), folders),
    ["optimize", var device, .. var models] => Optimizing.Run(device, models, details: models.Length == 1),
    ["compare", var device, .. var models] => new Comparison(Device(device), Dimensions(models)).Run(models.Where(model => !model.Contains('='))),
    ["compare-delivered", var device, var folder, .. var models] => new Comparison(Device(device), Dimensions(models), folder).Run(models.Where(model => !model.Contains('='))),
    ["roundings", var device, .. var models] => new Roundings(Device(device)).Run(models),
    ["exhaustive", var device, .. var models] => new Exhaustive(Device(device)).Run(models),
    ["steering", var device, .. var models] => new SteeringCost(Device(device)).Run(models),
    ["backend", var device, .. var folders] => new BackendRun(Device(device), enclosed: false).Run(folders),
    ["backend-enclosed", .. var folders] => new BackendRun(HungryDevice.Make(), enclosed: true).Run(folders),
    ["exact-models", var device, .. var models] => new ExactModels(Device(device), Dimensions(models)).Run(models.Where(model => !model.Contains('='))),
    ["scale", var device, var folder] => new Scale(device, folder).Run(),
    ["scale-one", var what, var device, var model] => Scale.One(what, device, model),
    ["pieces", var nodes, .. var models] => new PiecesCheck(int.Parse(nodes, CultureInfo.InvariantCulture), Dimensions(models)).Run(models.Where(model => !model.Contains('='))),
    ["placements", var device, .. var models] => new PlacementCheck(Device(device), Dimensions(models)).Run(models.Where(model => !model.Contains('='))),
    ["padding", var by, .. var folders] => PaddingCheck.Run(int.Parse(by, CultureInfo.InvariantCulture), folders),
    ["compress", var word, var shared, var device, var folder] => CompressionCurves.Write(word, shared, device, folder),
    ["compress-times", var folder, .. var tasks] => CompressionTimes.Measure(folder, tasks),
    ["compress-gate", var word, var shared, var device, var runs, var report] => GateRuns.Write(word, shared, device, int.Parse(runs, CultureInfo.InvariantCulture), report),
    ["compress-foresight", var word, var shared, var device, var points] => CompressionForesight.Print(word, shared, device, int.Parse(points, CultureInfo.InvariantCulture)),
    ["compress-repair", var word, var shared] => RepairQuality.Print(word, shared),
    ["compress-report", var device, var folder, var report] => CompressionTables.Write(Device(device), folder, report),
    ["families", var folder] => FamilyWriter.Write(folder, seed: 1),
    ["families", var folder, var seed] => FamilyWriter.Write(folder, int.Parse(seed, CultureInfo.InvariantCulture)),
    ["families-report", var device, var folder, var report, .. var options] => FamilyReport.Write(ReportRequest.Of(device, folder, report, options)),
    ["pairs", var folder] => PairWriter.Write(folder, seed: 1),
    ["pairs", var folder, var seed] => PairWriter.Write(folder, int.Parse(seed, CultureInfo.InvariantCulture)),
    ["pairs-report", var device, var folder, var report, .. var options] => PairReport.Write(ReportRequest.Of(device, folder, report, options)),
    ["times", var folder, var file] => MeasuredTimes.Write(folder, file, threads: 1),
    ["learners", var samples, var report] => LearnerComparison.Write(samples, report),
    _ => Usage(),
};

static DeviceModel Device(string file) => DeviceModelFile.Read(File.ReadAllText(file), file);

static FreeDimensions Dimensions(IEnumerable<string> arguments) => new(arguments.Where(argument => argument.Contains('='))
    .Select(argument => argument.Split('=')).ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture)));

static int Usage()
{
    Console.Error.WriteLine("analyzer bare|sdk warm|cold N DEVICE   compiles a large solution N times with and without the analyzer, beside no others or the SDK's");
    Console.Error.WriteLine("warnings DEVICE N[@SEED]|FILE.cs|FOLDER... times the layers that are warned of, and tells the share of warnings that are true");
    Console.Error.WriteLine("groups MODEL...                    prints the width groups of models");
    Console.Error.WriteLine("graph MODEL                        prints the nodes of a model with their axes in widths");
    Console.Error.WriteLine("couplings N FOLDER...              grows the widths of single operators of the ONNX backend tests by N and compares outputs");
    Console.Error.WriteLine("optimize DEVICE MODEL...           optimizes models for a device and tells what came out; OUT=FOLDER keeps them");
    Console.Error.WriteLine("compare DEVICE [NAME=N] MODEL...   times exact mode against padding every width to one fixed multiple");
    Console.Error.WriteLine("compare-delivered DEVICE FOLDER [NAME=N] MODEL...  the same with models that 'optimize --measure' wrote into FOLDER");
    Console.Error.WriteLine("roundings DEVICE MODEL|FOLDER...   compares the predicted times of exact mode and of every width padded to one fixed multiple");
    Console.Error.WriteLine("exhaustive DEVICE MODEL...         times every size of every group around what exact mode chooses; needs a quiet machine");
    Console.Error.WriteLine("steering DEVICE MODEL|FOLDER...    tells what optimizing costs, part by part, in processor time");
    Console.Error.WriteLine("backend DEVICE FOLDER...           optimizes all ONNX backend tests: each stays as it is or gives the recorded outputs");
    Console.Error.WriteLine("backend-enclosed FOLDER...         the same between identity matrices, for a device that wants all widths to be multiples of 5");
    Console.Error.WriteLine("exact-models DEVICE [NAME=N] MODEL|FOLDER...  exact mode: outputs, times and files of all models");
    Console.Error.WriteLine("scale DEVICE FOLDER                time and memory of exact mode on long chains and a model of 100 MB");
    Console.Error.WriteLine("pieces N [NAME=N] MODEL|FOLDER...  cuts models into pieces of N nodes and compares the layers with those of the whole");
    Console.Error.WriteLine("placements DEVICE [NAME=N] MODEL|FOLDER...  compares the layouts that are predicted for layers with those the runtime runs them in");
    Console.Error.WriteLine("padding N FOLDER|MODEL...          grows every width by N in every model and compares outputs");
    Console.Error.WriteLine("compress TASK SHARED DEVICE DIR    writes the time-accuracy curves of the tasks whose names contain TASK");
    Console.Error.WriteLine("compress-times FOLDER TASK...      measures the models of the curves; needs a quiet machine");
    Console.Error.WriteLine("compress-gate TASK SHARED DEVICE N FILE.md   compresses each task N times and looks at the drop on data never shown");
    Console.Error.WriteLine("compress-foresight TASK SHARED DEVICE N      compares what steering foresaw of plans, N of them along the trade-off, with what they did");
    Console.Error.WriteLine("compress-repair TASK SHARED        repairs the tasks' networks at evenly narrowed widths and tells what it costs");
    Console.Error.WriteLine("compress-report DEVICE FOLDER FILE.md          compares the curves at equal accuracy");
    Console.Error.WriteLine("families FOLDER [SEED]             writes networks of many families that no part of the learning knows");
    Console.Error.WriteLine("families-report DEVICE FOLDER FILE.md [--times FILE.csv]  predicted against measured, by family; measures unless given times");
    Console.Error.WriteLine("pairs FOLDER [SEED]                writes groups of small networks that differ in one width");
    Console.Error.WriteLine("pairs-report DEVICE FOLDER FILE.md [--times FILE.csv]     whether predictions name the faster of two widths");
    Console.Error.WriteLine("times FOLDER FILE.csv              measures the models of a folder; needs a quiet machine");
    Console.Error.WriteLine("learners SAMPLES.csv FILE.md       compares ways to learn times, on the same samples and the same networks held out");
    return 2;
}
