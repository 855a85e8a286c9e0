using FastDeepIoT.Build.FakeTool;

if (args is not ["build", var request]) return Refuse("FDI3007: expected: build REQUEST");
if (!File.Exists(request)) return Refuse($"FDI3002: '{request}' does not exist.");

var lines = File.ReadAllLines(request);
if (Environment.GetEnvironmentVariable("FASTDEEPIOT_FAKE_LOG") is { Length: > 0 } log) File.AppendAllLines(log, lines);

var models = Request.ModelsOf(lines).Select(ModelScript.Read).ToLookup(model => model.HasFreeDimensions);
foreach (var forCompiler in (bool[])[true, false])
{
    foreach (var model in models[forCompiler])
        if (model.Run() is { } exitCode)
            return Refuse("something went wrong: error X1: not a compiler's error", exitCode);
    if (forCompiler) Console.WriteLine("#compiler-may-start");
}

return 0;

static int Refuse(string message, int exitCode = 2)
{
    Console.Error.WriteLine(message);
    return exitCode;
}
