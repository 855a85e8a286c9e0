using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Whether the choice of widths is predicted to be at least as fast as padding every width to one fixed multiple. Nothing is timed: where it is not,
/// the search missed something, or a limit kept it from it.
/// </summary>
internal sealed class Roundings(DeviceModel device)
{
    internal int Run(IEnumerable<string> files)
    {
        Console.WriteLine("| model | original | exact mode | best fixed multiple | exact against fixed | weights of exact | of fixed |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var file in ModelFiles.In(files)) Print(file);
        return 0;
    }

    private void Print(string file)
    {
        var model = OnnxFile.Read(file);
        var study = ExactStudy.Of(model, file, device, new ExactOptions());
        var rewrite = new ExactRewrite(model, study, study.Choose(null, CancellationToken.None));
        var exact = rewrite.ModelWith(rewrite.Parts.ToHashSet());
        var (before, ours) = (Predict(model, file), study.Confirms(exact) ? Predict(exact, file) : Predict(model, file));
        var groups = WidthGroups.Of(model, file);
        var fixedOnes = Comparison.Multiples.Select(multiple => (Multiple: multiple, Model: Comparison.Padded(model, groups, multiple))).ToList();
        var (time, best) = fixedOnes.Select(one => (Predict(one.Model, file), one)).MinBy(pair => pair.Item1);
        Console.WriteLine(FormattableString.Invariant($"| {Path.GetFileNameWithoutExtension(file)} | {before / 1e3:0.0} us | {ours / 1e3:0.0} us | {time / 1e3:0.0} us ({best.Multiple}) | {time / ours:0.000} ")
            + FormattableString.Invariant($"| {(double)ExternalData.WeightBytes(exact) / ExternalData.WeightBytes(model):0.00} | {(double)ExternalData.WeightBytes(best.Model) / ExternalData.WeightBytes(model):0.00} |"));
    }

    private double Predict(ModelProto model, string file)
    {
        var copy = model.Clone();
        FreeDimensions.None.Fix(copy);
        return device.Predict(RuntimeGraph.Of(copy, file, subgraphs: true).Network).Time.Nanoseconds;
    }
}
