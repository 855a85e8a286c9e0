using System.Diagnostics;
using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Compresses a network in several ways at several strengths, all with the same data and the same repair, and keeps every model with its
/// accuracy on data nobody saw: curve.csv in a folder of its own.
/// </summary>
internal sealed class CompressionCurves
{
    private const int Points = 12;
    private static readonly double[] Shares = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4];

    private readonly ModelProto _model;
    private readonly CompressionStudy _study;
    private readonly CompressionStudy _counting;
    private readonly CalibrationSamples _test;
    private readonly ModelOutputs _original;
    private readonly string _folder;
    private readonly List<string> _lines = ["method,strength,file,predictedUs,accuracy,standardError"];

    private CompressionCurves(CompressionTask task, string shared, DeviceModel device, string folder)
    {
        var file = Path.Combine(shared, task.Model);
        _model = OnnxFile.Read(file);
        var fit = CalibrationSamples.All(CalibrationData.Read(Path.Combine(shared, task.Calibration), _model, task.Preprocessing)).Take(1000);
        _test = CalibrationSamples.All(CalibrationData.Read(Path.Combine(shared, task.Test), _model, task.Preprocessing));
        var stages = new StageProgress(null);
        _study = new CompressionStudy(_model, file, device, fit, new CompressionOptions(), stages, CancellationToken.None);
        _counting = new CompressionStudy(_model, file, CountingDevice.Like(device), fit, new CompressionOptions(), stages, CancellationToken.None);
        _original = ModelOutputs.Of(_model, _test, CancellationToken.None);
        _folder = Directory.CreateDirectory(Path.Combine(folder, task.Name)).FullName;
    }

    /// <summary>Writes the curves of the tasks whose names contain a word.</summary>
    internal static int Write(string word, string shared, string device, string folder)
    {
        var target = DeviceModelFile.Read(File.ReadAllText(device), device);
        foreach (var task in CompressionTask.All.Where(task => task.Name.Contains(word, StringComparison.Ordinal)))
        {
            var watch = Stopwatch.StartNew();
            new CompressionCurves(task, shared, target, folder).Write();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{task.Name} in {watch.Elapsed.TotalSeconds:0} s"));
        }

        return 0;
    }

    private void Write()
    {
        Add("original", 1, _model);
        var ours = _study.Frontier(CancellationToken.None);
        for (var index = 0; index < ours.Count; index++) Add("ours", index, _study.Build(ours[index], CancellationToken.None));
        foreach (var multiple in (int[])[1, 8, 16]) WriteRounded(multiple);
        File.WriteAllLines(Path.Combine(_folder, "curve.csv"), _lines);
    }

    private void WriteRounded(int multiple)
    {
        var suffix = multiple == 1 ? "" : $" to {multiple}";
        var magnitudes = new MagnitudeOrder(_study.Groups, _study.Rankings.Keys);
        foreach (var share in Shares)
        {
            Add("uniform" + suffix, share, _study.Build(magnitudes.Uniform(share, multiple), CancellationToken.None));
            Add("global" + suffix, share, _study.Build(magnitudes.Global(share, multiple), CancellationToken.None));
        }

        var counted = _counting.Frontier(CancellationToken.None);
        foreach (var index in Spread(counted.Count)) Add("macs" + suffix, index, Counted(counted[index], multiple));
    }

    private ModelProto Counted(CompressedSizes sizes, int multiple)
    {
        var change = new WidthChange();
        foreach (var (group, size) in _counting.Steered.Groups.Zip(sizes.Sizes))
            if (_counting.Rankings.TryGetValue(group, out var ranking) && MagnitudeOrder.Rounded(size, multiple, (int)group.Size) is var rounded && rounded < group.Size)
                change.Take(group, ranking.Kept(rounded));
        return _counting.Build(change, CancellationToken.None);
    }

    private static IEnumerable<int> Spread(int count) => Enumerable.Range(0, Points).Select(point => (int)((count - 1L) * point / (Points - 1))).Distinct();

    private void Add(string method, double strength, ModelProto model)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace(' ', '-')}-{strength}.onnx");
        OnnxFile.Write(model, Path.Combine(_folder, name));
        var drop = Drop.Of(_original, ModelOutputs.Of(model, _test, CancellationToken.None), _test);
        var time = _study.Steered.Predict(model).Prediction.Time.Nanoseconds / 1e3;
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{method},{strength},{name},{time:0.0},{drop.After:0.0000},{drop.StandardError:0.0000}"));
    }
}
