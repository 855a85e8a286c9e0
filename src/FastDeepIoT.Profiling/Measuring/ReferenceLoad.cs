using System.Diagnostics;
using FastDeepIoT.Onnx;
using FastDeepIoT.Profiling.Probes;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>
/// A small fixed network that is run around every measurement. While the machine does something else, or shares its core with somebody
/// who does, the reference slows down too, and what was measured beside it does not count.
/// </summary>
public sealed class ReferenceLoad : IDisposable
{
    private const int FirstReadings = 60;
    private const int RunsAReading = 2;
    private const double FastestShare = 0.1;
    private const double TypicalShare = 0.4;
    private const double TightestLimit = 1.04;
    private const double WidestLimit = 1.12;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly MeasuringThread _thread;
    private readonly ModelRunner _runner;
    private readonly List<double> _readings = [];
    private int _rounds;
    private int _disturbed;

    /// <summary>
    /// Opens the reference for a number of threads and learns how fast it is undisturbed. What is measured beside it must run on the
    /// calling thread.
    /// </summary>
    public ReferenceLoad(int threads)
    {
        _thread = new MeasuringThread(alone: threads == 1);
        using var options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, threads);
        _runner = new ModelRunner(Runtime.Open(Probe.Reference().ToByteArray(), options, null));
        _runner.Time(FirstReadings);
        for (var i = 0; i < FirstReadings; i++)
        {
            Read();
            _thread.Move();
        }
    }

    /// <summary>The undisturbed time of the reference, in nanoseconds.</summary>
    public double QuietNanoseconds { get; private set; }

    /// <summary>
    /// How much slower than undisturbed still counts as quiet: as much as the machine varies by itself while little disturbs it. Work spread
    /// over several threads varies more.
    /// </summary>
    public double QuietLimit { get; private set; } = TightestLimit;

    /// <summary>How many measurements were disturbed, of all.</summary>
    public double DisturbedShare => _rounds == 0 ? 0 : _disturbed / (double)_rounds;

    /// <summary>
    /// Goes where it is quiet: tries one processor after another, and waits a moment when all are disturbed. Tells how much slower than
    /// undisturbed the reference is there: 1 is undisturbed.
    /// </summary>
    public double FindQuiet()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            for (var place = 0; place < _thread.Places; place++)
            {
                if (Read() / QuietNanoseconds is var slowdown && (IsQuiet(slowdown) || Stopwatch.GetElapsedTime(start) > LongestWait)) return slowdown;
                _thread.Move();
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>Runs the reference after a measurement and tells how much slower than undisturbed it was.</summary>
    public double Slowdown()
    {
        var slowdown = Read() / QuietNanoseconds;
        _rounds++;
        if (!IsQuiet(slowdown)) _disturbed++;
        return slowdown;
    }

    /// <summary>Whether a slowdown is small enough to measure beside.</summary>
    public bool IsQuiet(double slowdown) => slowdown <= QuietLimit;

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _thread.Dispose();
    }

    private double Read()
    {
        var reading = _runner.Time(RunsAReading).Min();
        _readings.Add(reading);

        // Not the single fastest: a lucky reading must not make everything after it look disturbed.
        if (_readings.Count > FirstReadings && _readings.Count % FirstReadings != 0) return reading;

        QuietNanoseconds = Quantile.Of(_readings, FastestShare);
        QuietLimit = Math.Clamp(Quantile.Of(_readings, TypicalShare) / QuietNanoseconds, TightestLimit, WidestLimit);
        return reading;
    }
}
