using System.ComponentModel;
using System.Diagnostics;
using FastDeepIoT.Onnx;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Rewrites;

/// <summary>Coupling rules against the ONNX backend tests, where those lie beside the repository; the benchmarks try all of them.</summary>
public sealed class BackendTests
{
    private static readonly string[] Operators =
        ["add", "averagepool", "clip", "concat", "conv", "convtranspose", "cumsum", "depthtospace", "div", "dropout", "einsum", "expand", "flatten", "gather",
         "gemm", "globalaveragepool", "gru", "hardsigmoid", "instancenorm", "lstm", "matmul", "maxpool", "mul", "prelu", "reduce", "reshape",
         "resize", "rnn", "simple", "slice", "softmax", "spacetodepth", "split", "squeeze", "sub", "sum", "tile", "transpose", "unsqueeze", "where"];

    [Fact]
    public void Growing_what_single_operators_leave_open_keeps_the_outputs()
    {
        if (Archive() is not { } archive) return;

        var folder = Directory.CreateTempSubdirectory("fastdeepiot-backend-");
        try
        {
            if (!Unpack(archive, folder.FullName)) return;

            var grown = Operators.SelectMany(name => folder.EnumerateDirectories($"node/test_{name}_*").Append(new DirectoryInfo(Path.Combine(folder.FullName, "node", $"test_{name}"))))
                .Select(test => Path.Combine(test.FullName, "model.onnx")).Where(File.Exists).Distinct().Order(StringComparer.Ordinal).Count(Grows);

            Assert.True(grown > 100, $"only {grown} operators had open widths");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Grows(string file)
    {
        try
        {
            if (EnclosedOperator.Read(file) is not { } model) return false;

            var groups = WidthGroups.Of(model, file);
            if (groups.Open.Count == 0) return false;

            var padded = PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => group.Size + 3));
            var result = Verifier.Compare(model, padded, file, new VerificationOptions { InputScales = [1] }, TestContext.Current.CancellationToken);
            Assert.True(result.Passed, $"{file}: {result.Reason}");
            return true;
        }
        catch (InputException)
        {
            // The runtime has no kernel for it, with or without our rewriting.
            return false;
        }
    }

    private static string? Archive()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "onnx-backend-tests.tar.xz") is var archive && File.Exists(archive)) return archive;
        return null;
    }

    // The framework reads no xz; where there is no tar command, there is nothing to test with.
    private static bool Unpack(string archive, string folder)
    {
        try
        {
            using var tar = Process.Start(new ProcessStartInfo("tar", ["xf", archive, "-C", folder]) { RedirectStandardError = true })!;
            tar.WaitForExit();
            return tar.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
