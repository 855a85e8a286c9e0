using FastDeepIoT.Benchmarks;

return args switch
{
    ["groups", .. var models] => GroupListing.Print(models),
    ["graph", var model] => GraphListing.Print(model),
    ["optimize", var device, .. var models] => Optimizing.Run(device, models, details: models.Length == 1),
    ["padding", var by, .. var folders] => PaddingCheck.Run(int.Parse(by, System.Globalization.CultureInfo.InvariantCulture), folders),
    ["compress", var word, var shared, var device, var folder] => CompressionCurves.Write(word, shared, device, folder),
    ["compress-times", var folder, .. var tasks] => CompressionTimes.Measure(folder, tasks),
    ["compress-report", var folder, var report] => CompressionTables.Write(folder, report),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("groups MODEL...            prints the width groups of models");
    Console.Error.WriteLine("graph MODEL                prints the nodes of a model with their axes in widths");
    Console.Error.WriteLine("optimize DEVICE MODEL...   optimizes models for a device and tells what came out; OUT=FOLDER keeps them");
    Console.Error.WriteLine("padding N FOLDER|MODEL...  grows every width by N in every model and compares outputs");
    Console.Error.WriteLine("compress TASK SHARED DEVICE FOLDER   writes the time-accuracy curves of the tasks whose names contain TASK");
    Console.Error.WriteLine("compress-times FOLDER TASK...        measures the models of the curves; needs a quiet machine");
    Console.Error.WriteLine("compress-report FOLDER FILE.md       compares the curves at equal accuracy");
    return 2;
}
