#:property PublishAot=false
// Packs the packages of this repository, then builds and runs the sample against them, as somebody would who found them published.
//
//     dotnet run build/demo.cs

using System.Diagnostics;
using System.Runtime.CompilerServices;

var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, ".."));
var sample = Path.Combine(root, "samples", "PrunedNetworks");
var unpacked = Path.Combine(root, "artifacts", "sample-packages", "fastdeepiot.build");

Console.WriteLine("Packing FastDeepIoT.Build ...");
if (DotNet("pack", Path.Combine(root, "src", "FastDeepIoT.Build"), "-c", "Release", "-v", "quiet") is not 0 and var packing) return packing;

// The version never changes while developing, so what an older run unpacked must go.
if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);

Console.WriteLine("Building samples/PrunedNetworks with it ...");
if (DotNet("build", sample, "-c", "Release", "--no-incremental", "-tl:off", "-v", "minimal") is not 0 and var building) return building;

Console.WriteLine();
return DotNet("run", "--project", sample, "-c", "Release", "--no-build");

int DotNet(params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root })!;
    process.WaitForExit();
    return process.ExitCode;
}

static string ThisFile([CallerFilePath] string path = "") => path;
