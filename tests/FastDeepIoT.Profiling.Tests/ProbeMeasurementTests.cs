using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

public sealed class ProbeMeasurementTests
{
    private static readonly string Events = $"[{Event("first", 2)},{Event("second", 5)},{Event("first", 4)},{Event("second", 7)}\n]";

    /// <summary>Each file operation of a measurement fails once: that is said with a code, and no temporary file stays.</summary>
    [Fact]
    public void What_fails_has_a_code_and_leaves_nothing()
    {
        using var reference = new ReferenceLoad(1);
        var measurement = new ProbeMeasurement(reference, 1) { Patience = TimeSpan.Zero };
        void Measure() => measurement.Measure(Probe.Reference(), 0);
        var whole = FailingDisk.Whole(Measure);
        Assert.Null(whole.Thrown);
        Assert.Contains("temporary", whole.Operations);

        for (var operation = 0; operation < whole.Operations.Count; operation++)
        {
            var run = FailingDisk.Run(operation, Measure);

            if (run.Thrown is { } thrown) Assert.Contains(thrown.Finding.Code, new[] { DiagnosticCode.CannotWrite, DiagnosticCode.FileNotFound });
            if (run.Operations.ElementAtOrDefault(operation) == "remove") continue; // that is what failed
            Assert.DoesNotContain(run.Paths, path => path.Contains("fastdeepiot-", StringComparison.Ordinal) && (File.Exists(path) || Directory.Exists(path)));
        }
    }

    [Fact]
    public void Of_the_runtimes_profile_the_faster_runs_count()
    {
        using var file = new TemporaryFile(Events);

        Assert.Equal(new Dictionary<string, double> { ["first"] = 2000, ["second"] = 5000 }, RuntimeProfile.Read(file.Path, [0, 1]));
    }

    // A full disk cuts it off; of what is left nobody knows what it means.
    [Fact]
    public void A_profile_of_the_runtime_that_is_cut_off_has_a_code()
    {
        for (var length = 0; length < Events.Length; length++)
        {
            using var file = new TemporaryFile(Events[..length]);

            Assert.Equal(DiagnosticCode.CannotWrite, Assert.Throws<InputException>(() => RuntimeProfile.Read(file.Path, [0, 1])).Finding.Code);
        }
    }

    private static string Event(string node, int microseconds) => $$"""{"cat":"Node","name":"{{node}}_kernel_time","dur":{{microseconds}}}""";

    private sealed class TemporaryFile : IDisposable
    {
        internal TemporaryFile(string text) => File.WriteAllText(Path, text);

        internal string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
