using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Times each model as it is, as exact mode makes it, and with every open width padded to one fixed multiple: what people do by hand.
/// Prints a table in Markdown.
/// </summary>
/// <param name="device">What exact mode predicts with.</param>
/// <param name="dimensions">Sizes of free dimensions.</param>
/// <param name="delivered">Where models lie, by the same names, that were delivered before, as with 'optimize --measure'; null to make them here.</param>
internal sealed class Comparison(DeviceModel device, FreeDimensions dimensions, string? delivered = null)
{
    // What people pad to by hand; nothing that the optimizer knows.
    internal static readonly int[] Multiples = [4, 8, 16];

    internal int Run(IEnumerable<string> files)
    {
        Console.WriteLine("| model | original | exact mode | faster | predicted | best fixed multiple | faster | exact against fixed | weights | quiet |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var file in files) Print(file);
        return 0;
    }

    private void Print(string file)
    {
        var model = OnnxFile.Read(file);
        var (exact, report) = ExactOptimizer.Optimize(model, file, device, new ExactOptions { FreeDimensions = dimensions });
        if (delivered is not null) exact = OnnxFile.Read(Path.Combine(delivered, Path.GetFileName(file)));
        var groups = WidthGroups.Of(model, file);
        var variants = Multiples.Select(multiple => Padded(model, groups, multiple)).Append(exact ?? model).Prepend(model);
        var times = ModelStopwatch.Measure([.. variants.Select(variant => new TimedModel(Fixed(variant), file))], threads: 1);
        var best = Enumerable.Range(1, Multiples.Length).MinBy(index => times[index].MedianNanoseconds);
        var (original, ours, padded) = (times[0].MedianNanoseconds, times[^1].MedianNanoseconds, times[best].MedianNanoseconds);
        Console.WriteLine(FormattableString.Invariant(
            $"| {Path.GetFileNameWithoutExtension(file)} | {original / 1e3:0.0} us | {ours / 1e3:0.0} us{(exact is null ? " (left alone)" : "")} | {original / ours:0.00} ")
            + FormattableString.Invariant($"| {report.Before.Nanoseconds / report.After.Nanoseconds:0.00} | {padded / 1e3:0.0} us ({Multiples[best - 1]}) | {original / padded:0.00} ")
            + FormattableString.Invariant($"| {padded / ours:0.00} | {(double)report.WeightBytesAfter / report.WeightBytesBefore:0.00} | {(times.All(time => time.Quiet) ? "yes" : "no")} |"));
    }

    internal static ModelProto Padded(ModelProto model, WidthGroups groups, int multiple) =>
        PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => (group.Size + multiple - 1) / multiple * multiple));

    private ModelProto Fixed(ModelProto model)
    {
        var copy = model.Clone();
        dimensions.Fix(copy);
        return copy;
    }
}
