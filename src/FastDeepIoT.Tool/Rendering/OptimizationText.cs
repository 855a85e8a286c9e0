using System.Text;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>What became of a model, for people.</summary>
internal static class OptimizationText
{
    /// <summary>Times before and after, and every width with what became of it.</summary>
    internal static string Of(OptimizedModel model, string destination)
    {
        var report = model.Report!;
        var text = new StringBuilder($"{model.Delivered.Path} -> {destination} on {model.Delivered.Device}\n")
            .Append($"  predicted  {Change(model.Before.Nanoseconds, model.After.Nanoseconds)}\n");
        if (model.Measured is { } gain)
            text.Append("  measured   ").Append(Change(gain.Before.MedianNanoseconds, gain.After.MedianNanoseconds))
                .Append(gain.Pays ? "\n" : ", so the original is kept\n");
        if (model.IsFaster)
            text.Append($"  weights    {Bytes(report.WeightBytesBefore)} -> {Bytes(report.WeightBytesAfter)}\n")
                .Append($"  {(model.Compression is null ? "outputs    " : "costs      ")}{Quality(model)}\n");
        else text.Append($"  unchanged  {report.Unchanged}\n");
        if (model.Compression?.LeftOut is { Count: > 0 } leftOut) text.Append($"  left out   {string.Join(", ", leftOut)}\n");
        return text.Append(Grown(report)).Append(Kept(report)).ToString();
    }

    /// <summary>One line for a build.</summary>
    internal static string Line(OptimizedModel model) => model.IsFaster
        ? $"{model.Delivered.Path}: {Change(model.Before.Nanoseconds, model.After.Nanoseconds)}"
        : $"{model.Delivered.Path}: {LatencyText.Of(model.After.Nanoseconds)}, unchanged";

    /// <summary>Two times and their ratio.</summary>
    internal static string Change(double before, double after) =>
        $"{LatencyText.Of(before)} -> {LatencyText.Of(after)} ({Number.Fixed(before / after, 2)} times as fast)";

    /// <summary>How well the outputs agree, or what was lost.</summary>
    internal static string Quality(OptimizedModel model) =>
        model.Compression?.Judged is { } judged ? DropText.Of(judged) : Outputs(model.Report!.Verification!);

    /// <summary>How well the outputs agree.</summary>
    internal static string Outputs(VerificationResult verification) =>
        $"equal within {Number.Exponent(verification.MaxRelativeDifference)} of the largest, "
        + $"over {Number.Count(verification.Runs, "run")} on random inputs";

    /// <summary>A number of bytes in the unit that suits.</summary>
    internal static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => $"{bytes} bytes",
        < 10_000_000 => $"{Number.Fixed(bytes / 1e3, 0)} kB",
        _ => $"{Number.Fixed(bytes / 1e6, 1)} MB",
    };

    private static string Grown(ExactReport report)
    {
        var grown = report.Widths.Where(width => width.Kept is null).OrderByDescending(width => width.GainNanoseconds).ToList();
        if (grown.Count == 0) return "";

        var table = new TextTable(">width", "", ">becomes", ">saves", "nodes");
        foreach (var width in grown)
            table.Add(Number.Plain(width.Before), "->", Number.Plain(width.After), LatencyText.Of(width.GainNanoseconds), Nodes(width) + Removed(width));
        return "\n" + table.Text("  ");
    }

    /// <summary>Which channels of a width were not needed, as an addition to a line; empty when all were.</summary>
    internal static string Removed(WidthOutcome width)
    {
        (int Count, string What)[] parts = [(width.Removed.Idle, "idle"), (width.Removed.Constant, "constant"), (width.Removed.Equal, "equal to another")];
        return width.Removed.Count == 0 ? ""
            : $" (removed first: {string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.What}"))})";
    }

    private static string Kept(ExactReport report)
    {
        var kept = report.Widths.Where(width => width.Kept is not null).GroupBy(width => width.Kept!)
            .OrderByDescending(group => group.Count()).ToList();
        if (kept.Count == 0) return "";

        var text = new StringBuilder("\n  Left alone\n");
        foreach (var group in kept)
            text.Append($"    {group.Key}: {string.Join(", ", group.Take(3).Select(width => $"{width.Before} of {Nodes(width)}"))}"
                + (group.Count() > 3 ? $" and {group.Count() - 3} more" : "") + "\n");
        return text.ToString();
    }

    private static string Nodes(WidthOutcome width) => width.Nodes switch
    {
        [] => "no node",
        [var one] => one,
        [var one, var two] => $"{one}, {two}",
        [var one, var two, ..] => $"{one}, {two} and {width.Nodes.Count - 2} more",
    };
}
