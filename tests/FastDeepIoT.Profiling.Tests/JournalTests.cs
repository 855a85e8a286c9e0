using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

/// <summary>Whatever ends a profile, what was measured before is not lost, and half a network is never taken for one.</summary>
public sealed class JournalTests : IDisposable
{
    private const int Layers = 10;
    private static readonly Provenance Here = Machine.Describe(1);
    private static readonly IReadOnlyList<NetworkSample> Measured = [.. Enumerable.Range(0, 3).Select(Sample)];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string File => Path.Combine(_folder.FullName, "journal");

    [Fact]
    public void Whatever_fails_while_it_is_written_what_was_added_before_is_kept()
    {
        var whole = FailingDisk.Whole(() => Note(Measured));
        Assert.Equal(Measured.Count, Kept().Networks.Count);

        for (var operation = 0; operation < whole.Operations.Count; operation++)
        {
            System.IO.File.Delete(File);
            var added = 0;

            var run = FailingDisk.Run(operation, () => Note(Measured, () => added++));

            if (run.Thrown is { } thrown) Assert.Equal(DiagnosticCode.CannotWrite, thrown.Finding.Code);
            else Assert.Equal(Measured.Count, added);
            var (networks, time) = Kept();
            Assert.Equal(Lines(Measured.Take(networks.Count)), Lines(networks));
            Assert.InRange(networks.Count, added, Measured.Count);
            Assert.Equal(TimeSpan.FromSeconds(networks.Count), time);
        }
    }

    [Fact]
    public void Whatever_fails_while_it_is_opened_again_nothing_is_lost()
    {
        Note(Measured);
        var whole = FailingDisk.Whole(() => Journal.Open(File, Here, resume: true).Dispose());

        for (var operation = 0; operation < whole.Operations.Count; operation++)
        {
            FailingDisk.Run(operation, () => Journal.Open(File, Here, resume: true).Dispose());

            Assert.Equal(Lines(Measured), Lines(Kept().Networks));
        }
    }

    [Fact]
    public void Wherever_it_is_cut_off_whole_networks_remain()
    {
        Note(Measured);
        var bytes = System.IO.File.ReadAllBytes(File);

        for (var length = 0; length <= bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);

            var (networks, time) = Kept();

            Assert.Equal(Lines(Measured.Take(networks.Count)), Lines(networks));
            Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(Measured.Count));
        }
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("-5")]
    [InlineData("1e999")]
    [InlineData("99999999999999999999")]
    [InlineData("soon")]
    [InlineData("")]
    public void A_time_that_is_none_does_not_count(string seconds)
    {
        Note(Measured);
        System.IO.File.AppendAllText(File, $"# seconds={seconds}\n");

        Assert.Equal(TimeSpan.FromSeconds(Measured.Count), Kept().Time);
    }

    private void Note(IEnumerable<NetworkSample> networks, Action? added = null)
    {
        using var journal = Journal.Open(File, Here, resume: false);
        foreach (var network in networks)
        {
            journal.Add(network, TimeSpan.FromSeconds(network.Seed + 1));
            added?.Invoke();
        }
    }

    private (IReadOnlyList<NetworkSample> Networks, TimeSpan Time) Kept()
    {
        using var journal = Journal.Open(File, Here, resume: true);
        return (journal.Networks, journal.Time);
    }

    private static IEnumerable<string> Lines(IEnumerable<NetworkSample> networks) => networks.SelectMany(SampleFile.Lines);

    private static NetworkSample Sample(int seed)
    {
        var layer = new SyntheticDevice(alignment: 1, block: 1).RandomConvolution(depthwise: false);
        return new NetworkSample
        {
            Seed = seed,
            Network = new Network([new("t0", [1, 1]), new("t1", [1, 1])], [.. Enumerable.Repeat(new NetworkLayer("conv", "Conv", layer, [0], [1]), Layers)], [1]),
            TotalNanoseconds = 1000.5,
            Placements = [.. Enumerable.Repeat(Placement.Plain, Layers)],
            Nanoseconds = [.. Enumerable.Repeat(50.0, Layers)],
            Changes = [],
        };
    }
}
