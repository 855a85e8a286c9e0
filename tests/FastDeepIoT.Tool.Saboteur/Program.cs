using System.Diagnostics;
using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Tool;

// NUMBER ARGUMENTS...: runs the tool with the arguments, and ends this process right before the file operation of that number.
var last = int.Parse(args[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
var count = 0;
Disk.Watch = (_, _) =>
{
    if (Interlocked.Increment(ref count) != last) return;
    Process.GetCurrentProcess().Kill();
    Thread.Sleep(Timeout.Infinite);
};
var code = await CommandLine.RunAsync(args[1..]);
Console.Error.WriteLine($"operations={count}");
return code;
