using FastDeepIoT.Onnx;
using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.Profiling.Measuring;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling;

/// <summary>
/// Chooses which probe to measure next: first as the prior draws them, then where a model learned from those is most in doubt (uncertainty
/// sampling: Lewis and Gale 1994), and where it is most wrong: twins of the networks it explains worst, with widths one larger, on the other side of a
/// cliff it may have missed.
/// </summary>
internal sealed class ProbeChoice(Provenance machine, Journal journal)
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
        if (networks.Count < FewestToLearnFrom) return;

        var model = Task.Run(() => Learner.Fit(new SampleSet(machine, networks), "profile"), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        double Wrong(NetworkSample network) => Math.Abs(Math.Log(network.TotalNanoseconds / model.Predict(network.Network).Time.Nanoseconds));
        var known = networks.Select(network => network.Seed).ToHashSet();
        foreach (var network in networks.OrderByDescending(Wrong))
            if (Probe.Twin(network.Seed, 1) is var twin && !known.Contains(twin)) _twins.Enqueue(twin);
        _model = model;
    }

    /// <summary>The next one that the model asks for; from the prior while there is no model.</summary>
    internal int Chosen()
    {
        if (_model is not { } model) return Drawn();

        return ++_choices % ChoicesATwin == 0 && _twins.TryDequeue(out var twin)
            ? twin
            : Enumerable.Range(0, Candidates).Select(_ => Drawn()).MaxBy(seed => Doubt(model, seed));
    }

    // Errors of layers are independent: their squares add up.
    private static double Doubt(DeviceModel model, int seed)
    {
        try
        {
            var prediction = model.Predict(RuntimeGraph.Of(NamedModel.Of(Probe.Of(seed))).Network);
            return prediction.Layers.Sum(layer => Math.Pow((layer.Time.HighNanoseconds - layer.Time.LowNanoseconds) / prediction.Time.Nanoseconds, 2));
        }
        catch (InputException e) when (e.Finding.Code == DiagnosticCode.RuntimeRefuses)
        {
            return 0; // not one to learn from
        }
    }
}
