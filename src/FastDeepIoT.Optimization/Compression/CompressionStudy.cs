using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>One model on one device with data: the ways to compress it that pay, and the models they give.</summary>
internal sealed class CompressionStudy : IDisposable
{
    private const double RecordShare = 0.1, ProbeShare = 0.3, DepthShare = 0.3, VariantShare = 0.5;

    // A network is run over the samples as it is repaired, and again to see what came out.
    private const double PassesPerBuild = 2;

    private readonly StudyContext _context;
    private readonly StageProgress _stages;

    internal CompressionStudy(ModelProto model, string? file, DeviceModel device, CalibrationSamples fit, CompressionOptions options, StageProgress stages, CancellationToken cancellation)
    {
        (_context, _stages) = (new StudyContext(model, file, device, fit, options), stages);
        var prepared = PlainNormalizations.Apply(FoldNormalizations.Apply(model));
        if (options.MayTurnChannels && !_context.HasNoData) prepared = PrincipalChannels.Apply(prepared, file, fit, _context.Product, cancellation);
        Whole = NetworkVariant.Whole(prepared, _context, stages.Next(RecordShare), cancellation);
    }

    /// <summary>The model as it came.</summary>
    internal ModelProto Original => _context.Original;

    /// <summary>Whether there are no data to fit to.</summary>
    internal bool HasNoData => _context.HasNoData;

    /// <summary>The network with all its layers.</summary>
    internal NetworkVariant Whole { get; }

    /// <summary>What it may cost and has to reach.</summary>
    internal CompressionOptions Options => _context.Options;

    /// <summary>The device.</summary>
    internal DeviceModel Device => Whole.Steered.Device;

    /// <summary>The original's predicted time.</summary>
    internal NetworkPrediction Before => Whole.Steered.Predicted;

    /// <summary>The network, and what is left of it without some of its layers, where that pays.</summary>
    internal IReadOnlyList<NetworkVariant> Variants(CancellationToken cancellation)
    {
        Whole.Probed(_context, null, _stages.Next(ProbeShare), cancellation);
        if (!Options.MayShorten || HasNoData) return [Whole];

        var shorter = ShorterNetworks.Of(Whole, Whole.Plans([], cancellation), _context, _stages.Next(DepthShare), cancellation);
        return [Whole, .. shorter.Select(segments => NetworkVariant.Without(segments, Whole, _context, cancellation).Probed(_context, Whole, _stages.Next(VariantShare), cancellation))];
    }

    /// <summary>How many models can be built and run for an amount of work, in floating-point operations.</summary>
    internal int BuildsFor(double operations) => (int)Math.Min(int.MaxValue, operations / (PassesPerBuild * 2 * _context.Macs * _context.Samples.Count + Whole.Records.Sum(record => record.RepairOperations)));

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();
}
