using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling;

/// <summary>
/// Chooses which probe to measure next: first as the prior draws them, then where a model learned from those is most in doubt (uncertainty
/// sampling: Lewis and Gale 1994), and where it is most wrong: twins of the networks it explains worst, with widths one larger, on the other side of a
/// cliff it may have missed.
/// </summary>
/// <param name="look">How the layers of a probe are run, without times; null for one the runtime refuses.</param>
internal sealed class ProbeChoice(Provenance machine, Journal journal, Func<int, NetworkSample?> look)
{
    private const int FewestToLearnFrom = 100;
    private const int Candidates = 3;
    private const int ChoicesATwin = 4;
    private readonly Queue<int> _twins = [];
    private DeviceModel? _model;
    private int _next = journal.NextSeed;
    private int _choices;

    /// <summary>The next one from the prior.</summary>
    internal int Drawn() => _next++;

    /// <summary>Learns from what was measured where to look; nothing while there are too few networks to learn from.</summary>
    internal void Learn(CancellationToken cancellation)
    {
        var networks = journal.Networks.Where(network => network.Visit == 1).ToList();
        var timed = networks.Where(network => network.IsTimed).ToList();
        if (timed.Count < FewestToLearnFrom) return;

        var model = Task.Run(() => Learner.Fit(new SampleSet(machine, networks), "profile"), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        double Wrong(NetworkSample network) => Math.Abs(Math.Log(network.TotalNanoseconds / model.Predict(network.Network).Time.Nanoseconds));
        var known = timed.Select(network => network.Seed).ToHashSet();
        foreach (var network in timed.OrderByDescending(Wrong))
            if (Probe.Twin(network.Seed, 1) is var twin && !known.Contains(twin)) _twins.Enqueue(twin);
        _model = model;
    }

    /// <summary>The next one that the model asks for, from the prior while there is no model, and those it was preferred to as they were looked at.</summary>
    internal (int Seed, IReadOnlyList<NetworkSample> Passed) Chosen()
    {
        if (_model is not { } model) return (Drawn(), []);
        if (++_choices % ChoicesATwin == 0 && _twins.TryDequeue(out var twin)) return (twin, []);

        var candidates = Enumerable.Range(0, Candidates).Select(_ => Drawn()).Select(seed => (Seed: seed, Seen: look(seed))).ToList();
        var chosen = candidates.MaxBy(candidate => Doubt(model, candidate.Seen)).Seed;
        return (chosen, [.. candidates.Where(candidate => candidate.Seed != chosen).Select(candidate => candidate.Seen).OfType<NetworkSample>()]);
    }

    // Errors of layers are independent: their squares add up. There is nothing to learn from a network that the runtime refuses.
    private static double Doubt(DeviceModel model, NetworkSample? network)
    {
        if (network is null) return 0;

        var prediction = model.Predict(network.Network);
        return prediction.Layers.Sum(layer => Math.Pow((layer.Time.HighNanoseconds - layer.Time.LowNanoseconds) / prediction.Time.Nanoseconds, 2));
    }
}
