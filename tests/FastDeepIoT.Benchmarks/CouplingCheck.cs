using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>Tries the coupling rules of single operators on the unpacked ONNX backend tests: grows what is open and compares the outputs.</summary>
internal static class CouplingCheck
{
    internal static int Run(int by, IEnumerable<string> folders)
    {
        int same = 0, closed = 0, skipped = 0, wrong = 0;
        foreach (var file in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "model.onnx", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
            switch (Check(file, by))
            {
                case null:
                    skipped++;
                    break;
                case (0, _):
                    closed++;
                    break;
                case var (open, result) when result.Passed:
                    same++;
                    Console.WriteLine($"{file}: {open} open, equal to {result.MaxRelativeDifference:0.0e+0}");
                    break;
                case var (_, result):
                    wrong++;
                    Console.WriteLine($"{file}: {result.Reason}");
                    break;
            }

        Console.WriteLine($"{same} equal, {closed} without open widths, {skipped} not comparable, {wrong} WRONG");
        return wrong == 0 ? 0 : 1;
    }

    private static (int Open, VerificationResult Result)? Check(string file, int by)
    {
        try
        {
            if (EnclosedOperator.Read(file) is not { } model) return null;

            var groups = WidthGroups.Of(model, file);
            var padded = PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => group.Size + by));
            return (groups.Open.Count, Verifier.Compare(model, padded, file, new VerificationOptions { InputScales = [1] }));
        }
        catch (InputException)
        {
            return null;
        }
    }
}
