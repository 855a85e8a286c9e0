using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Grows every open width of every model under some folders by an odd number and compares the outputs: the strongest check of width
/// groups, and one that needs no device model.
/// </summary>
internal static class PaddingCheck
{
    internal static int Run(int by, IEnumerable<string> folders)
    {
        var models = folders.SelectMany(folder => File.Exists(folder) ? [folder] : Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories));
        int same = 0, untouched = 0, refused = 0, wrong = 0;
        foreach (var model in models.Order(StringComparer.Ordinal))
            try
            {
                var (open, all, result) = Check(OnnxFile.Read(model), model, by);
                if (open == 0) untouched++;
                else if (result!.Passed) same++;
                else if (result.Runs > 0 || result.Reason!.StartsWith("the rewritten", StringComparison.Ordinal)) wrong++;
                else refused++;
                if (open > 0 || all > 0) Console.WriteLine($"{model}: {open} of {all} groups open{(result is null ? "" : result.Passed ? $", equal to {result.MaxRelativeDifference:0.0e+0}{(result.Noise > 0 ? $" with own noise {result.Noise:0.0e+0}" : "")}" : $", {result.Reason}")}");
            }
            catch (InputException e)
            {
                refused++;
                Console.WriteLine($"{model}: {e.Finding}");
            }

        Console.WriteLine($"{same} equal, {untouched} without open widths, {refused} not comparable, {wrong} WRONG");
        return wrong == 0 ? 0 : 1;
    }

    private static (int Open, int All, VerificationResult? Result) Check(ModelProto model, string file, int by)
    {
        var groups = WidthGroups.Of(model, file);
        if (groups.Open.Count == 0) return (0, groups.All.Count, null);

        var result = Compare(groups.Open);
        if (!result.Passed && result.Runs > 0)
            foreach (var group in groups.Open)
                if (Compare([group]) is { } alone && alone.MaxRelativeDifference > result.MaxRelativeDifference / 10) Console.WriteLine($"    {alone.MaxRelativeDifference:0.0e+0} from {group}");
        return (groups.Open.Count, groups.All.Count, result);

        VerificationResult Compare(IReadOnlyList<WidthGroup> some) =>
            Verifier.Compare(model, PadWidths.Apply(model, groups, some.ToDictionary(group => group, group => group.Size + by)), file);
    }
}
