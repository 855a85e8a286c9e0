using FastDeepIoT.Benchmarks;

return args switch
{
    ["analyzer", ("bare" or "sdk") and var baseline, var rounds, var device] => AnalyzerCost.Run(
        Path.GetFullPath(device), baseline == "sdk", int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture)),
    ["groups", .. var models] => GroupListing.Print(models),
    ["graph", var model] => GraphListing.Print(model),
    ["optimize", var device, .. var models] => Optimizing.Run(device, models, details: models.Length == 1),
    ["padding", var by, .. var folders] => PaddingCheck.Run(int.Parse(by, System.Globalization.CultureInfo.InvariantCulture), folders),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("analyzer bare|sdk N DEVICE compiles a large solution N times with and without the analyzer, beside no others or the SDK's");
    Console.Error.WriteLine("groups MODEL...            prints the width groups of models");
    Console.Error.WriteLine("graph MODEL                prints the nodes of a model with their axes in widths");
    Console.Error.WriteLine("optimize DEVICE MODEL...   optimizes models for a device and tells what came out; OUT=FOLDER keeps them");
    Console.Error.WriteLine("padding N FOLDER|MODEL...  grows every width by N in every model and compares outputs");
    return 2;
}
