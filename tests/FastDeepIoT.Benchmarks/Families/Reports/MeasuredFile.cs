using System.Globalization;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>One model of a folder and how long it took whenever it was measured.</summary>
/// <param name="Path">Relative to the folder, with forward slashes.</param>
/// <param name="Times">Nanoseconds of one run, a value for every measurement, fastest first.</param>
internal sealed record MeasuredFile(string Path, IReadOnlyList<double> Times)
{
    private const string Header = "path,measured_ns,agrees,all_ns";
    private const double Agreement = 0.03;

    /// <summary>The time of one run: what the two fastest measurements say, because what somebody else does never makes a model faster.</summary>
    internal double Nanoseconds => Times.Take(2).Average();

    /// <summary>Whether they say the same.</summary>
    internal bool Agrees => Times.Count > 1 && Times[1] <= Times[0] * (1 + Agreement);

    /// <summary>With one more measurement.</summary>
    internal MeasuredFile With(double nanoseconds) => this with { Times = [.. Times.Append(nanoseconds).Order()] };

    internal static void Save(IEnumerable<MeasuredFile> measured, string file) => File.WriteAllLines(file, [Header, .. measured.Select(one => one.Line())]);

    internal static IReadOnlyList<MeasuredFile> Read(string file) => [.. File.ReadLines(file).Skip(1).Select(line => line.Split(','))
        .Select(cells => new MeasuredFile(cells[0], [.. cells[^1].Split(' ').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]))];

    private string Line() => string.Create(CultureInfo.InvariantCulture, $"{Path},{Nanoseconds:0},{(Agrees ? "yes" : "no")},")
        + string.Join(' ', Times.Select(time => time.ToString("0", CultureInfo.InvariantCulture)));
}
