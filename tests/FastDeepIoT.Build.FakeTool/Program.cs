using FastDeepIoT.Build.FakeTool;

if (args is not ["build", var request]) return Refuse("FDI3007: expected: build REQUEST");
if (!File.Exists(request)) return Refuse($"FDI3002: '{request}' does not exist.");

var lines = File.ReadAllLines(request);
if (Environment.GetEnvironmentVariable("FASTDEEPIOT_FAKE_LOG") is { Length: > 0 } log) File.AppendAllLines(log, lines);

foreach (var model in Request.ModelsOf(lines))
    if (ModelScript.Read(model).Run() is { } exitCode)
        return Refuse("something went wrong: error X1: not a compiler's error", exitCode);
return 0;

static int Refuse(string message, int exitCode = 2)
{
    Console.Error.WriteLine(message);
    return exitCode;
}
