using System.Globalization;

namespace FastDeepIoT.Benchmarks;

/// <summary>A model of a curve.</summary>
/// <param name="Method">How it was made.</param>
/// <param name="File">Its file in the folder of the task.</param>
/// <param name="PredictedUs">Predicted time.</param>
/// <param name="Accuracy">On data nobody saw.</param>
/// <param name="StandardError">Sampling error of its difference from the original.</param>
/// <param name="Divergence">How far its outputs are from the original's there, which chance has little part in.</param>
internal sealed record CurvePoint(string Method, string File, double PredictedUs, double Accuracy, double StandardError, double Divergence)
{
    /// <summary>The file that lists the points of a task.</summary>
    internal const string Curve = "curve.csv";

    private const string Times = "times.csv";

    /// <summary>The points of a task, the original first.</summary>
    internal static IReadOnlyList<CurvePoint> Read(string folder) => [.. Lines(folder, Curve).Skip(1).Select(line => line.Split(',')).Select(cells =>
        new CurvePoint(cells[0], cells[2], Number(cells[3]), Number(cells[4]), Number(cells[5]), Number(cells[6])))];

    /// <summary>Measured microseconds by file; empty when nothing was measured.</summary>
    internal static IReadOnlyDictionary<string, double> ReadTimes(string folder) => System.IO.File.Exists(Path.Combine(folder, Times))
        ? Lines(folder, Times).Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => Number(cells[1]))
        : new Dictionary<string, double>();

    /// <summary>Keeps measured times.</summary>
    internal static void WriteTimes(string folder, IEnumerable<(string File, double Us, bool Quiet)> times) => System.IO.File.WriteAllLines(Path.Combine(folder, Times),
        times.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.File},{time.Us:0.00},{time.Quiet}")).Prepend("file,medianUs,quiet"));

    private static IEnumerable<string> Lines(string folder, string name) => System.IO.File.ReadLines(Path.Combine(folder, name));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
