using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>One model on one device with data: what its channels are worth, which choices of widths pay, and the models they give.</summary>
internal sealed class CompressionStudy : IDisposable
{
    private const double RecordShare = 0.1, ProbeShare = 0.3;

    private readonly RuntimeProduct _product = new();
    private readonly NetworkRepair _repair;
    private readonly IReadOnlyDictionary<WidthGroup, DivergenceCurve> _curves;

    internal CompressionStudy(ModelProto model, string? file, DeviceModel device, CalibrationSamples fit, CompressionOptions options, StageProgress stages, CancellationToken cancellation)
    {
        (Model, Options, Groups) = (model, options, WidthGroups.Of(model, file, subgraphs: false));
        Steered = new SteeredNetwork(model, file, Groups, device, options.FreeDimensions);
        var records = OriginalRecords.Of(model, Groups, fit, _product, stages.Next(RecordShare), cancellation);
        _repair = new NetworkRepair(model, Groups, records, fit, _product);
        Rankings = Rank(records, cancellation);
        _curves = DivergenceProbe.Measure(model, [.. Rankings.Values], _repair, fit, stages.Next(ProbeShare), cancellation);
    }

    internal ModelProto Model { get; }

    internal CompressionOptions Options { get; }

    internal WidthGroups Groups { get; }

    internal SteeredNetwork Steered { get; }

    /// <summary>The groups whose channels can go, with the order in which they had best do.</summary>
    internal IReadOnlyDictionary<WidthGroup, ChannelRanking> Rankings { get; }

    /// <summary>The choices of widths that pay, the most careful first.</summary>
    internal IReadOnlyList<CompressedSizes> Frontier(CancellationToken cancellation) => Steered.Frontier(Groups, _curves, Options.Steering, cancellation);

    /// <summary>The model at a choice of widths, repaired.</summary>
    internal ModelProto Build(CompressedSizes sizes, CancellationToken cancellation) =>
        _repair.InSequence(sizes.ChangeOf(Steered.Groups, Rankings), cancellation);

    /// <summary>The model at any change of widths, repaired.</summary>
    internal ModelProto Build(WidthChange change, CancellationToken cancellation) => _repair.InSequence(change, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _product.Dispose();

    private Dictionary<WidthGroup, ChannelRanking> Rank(IReadOnlyList<SiteRecord> records, CancellationToken cancellation)
    {
        var rankings = new Dictionary<WidthGroup, ChannelRanking>();
        foreach (var group in Steered.Groups)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ChannelRanking.Of(group, records) is { } ranking) rankings[group] = ranking;
        }

        return rankings;
    }
}
