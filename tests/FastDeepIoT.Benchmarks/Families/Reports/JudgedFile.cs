using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>A measured model with what a device model predicts for it.</summary>
/// <param name="Measured">How long it took.</param>
/// <param name="Prediction">What is predicted.</param>
/// <param name="UnmodelledShare">The share of a run that operators without a time take.</param>
internal sealed record JudgedFile(MeasuredFile Measured, NetworkPrediction Prediction, double UnmodelledShare)
{
    internal string Path => Measured.Path;

    /// <summary>Predicted over measured.</summary>
    internal double Ratio => Prediction.Time.Nanoseconds / Measured.Nanoseconds;

    /// <summary>Relative to the measured time.</summary>
    internal double Error => Math.Abs(Ratio - 1);

    /// <summary>Whether the measured time lies in the 80% interval.</summary>
    internal bool IsInside => Measured.Nanoseconds >= Prediction.Time.LowNanoseconds && Measured.Nanoseconds <= Prediction.Time.HighNanoseconds;

    /// <summary>Predicts the measured models of a folder; those that cannot be predicted are said.</summary>
    internal static IReadOnlyList<JudgedFile> All(DeviceModel device, string folder, IEnumerable<MeasuredFile> measured) =>
        [.. measured.Select(one => One(device, System.IO.Path.Combine(folder, one.Path), one)).OfType<JudgedFile>()];

    private static JudgedFile? One(DeviceModel device, string file, MeasuredFile measured)
    {
        try
        {
            var model = Fixed(file);
            var prediction = device.Predict(RuntimeGraph.Of(model, file).Network);
            return new JudgedFile(measured, prediction, prediction.Unmodelled.Count == 0 ? 0 : OperatorShares.Of(model, file, prediction.Unmodelled));
        }
        catch (InputException e)
        {
            Console.Error.WriteLine($"{file} is not judged: {e.Message}");
            return null;
        }
    }

    private static ModelProto Fixed(string file)
    {
        var model = OnnxFile.Read(file);
        FreeDimensions.None.Fix(model);
        return model;
    }
}
