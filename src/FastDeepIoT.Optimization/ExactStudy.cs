using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>One model on one device: predicts it, chooses its widths, and tells what came out.</summary>
internal sealed class ExactStudy
{
    private static readonly Dictionary<WidthGroup, long> NoSizes = [];

    private readonly ExactOptions _options;
    private readonly DeviceModel _device;
    private readonly WidthGroups _original;
    private readonly string? _file;
    private readonly WidthEstimate _estimate;
    private readonly Network _network;
    private readonly NetworkPrediction _before;
    private RuntimeGraph? _rewritten;
    private NetworkPrediction? _after;

    private ExactStudy(ModelProto model, WidthGroups original, string? file, DeviceModel device, ExactOptions options)
    {
        (_original, _file, _device, _options) = (original, file, device, options);
        var slim = SlimModel.Of(model, original, file);
        (Removed, Slim, Groups) = (slim.Removed, slim.Model, slim.Groups);
        var runtime = RuntimeOf(Slim);
        _network = Removed.Count == 0 ? runtime.Network : RuntimeOf(model).Network;
        _before = device.Predict(_network);
        var widths = new RuntimeWidths(Groups, runtime);
        _estimate = new WidthEstimate(widths, Groups.Open.Where(group => widths.LayersOf[group].Count > 0).ToList(), device);
    }

    /// <summary>The channels that were not needed, by group of the original.</summary>
    internal IReadOnlyDictionary<WidthGroup, RemovedChannels> Removed { get; }

    /// <summary>The model without channels that are not needed.</summary>
    internal ModelProto Slim { get; }

    /// <summary>The width groups of the model without channels that are not needed.</summary>
    internal WidthGroups Groups { get; }

    internal static ExactStudy Of(ModelProto model, string? file, DeviceModel device, ExactOptions options) =>
        new(model, WidthGroups.Of(model, file), file, device, options);

    /// <summary>The groups to grow, with their new sizes.</summary>
    internal IReadOnlyDictionary<WidthGroup, long> Choose(IProgress<double>? progress, CancellationToken cancellation)
    {
        return _estimate.Groups.Count == 0 ? NoSizes : Changes(Search().Run(progress, cancellation));
    }

    /// <summary>Other groups to grow, with their new sizes: all rounded up to a block that the device model knows.</summary>
    internal IEnumerable<IReadOnlyDictionary<WidthGroup, long>> Alternatives(IReadOnlyDictionary<WidthGroup, long> chosen) => _estimate.Groups.Count == 0
        ? []
        : Search().Roundings().Select(Changes).Where(sizes => sizes.Count > 0 && !(sizes.Count == chosen.Count && sizes.All(chosen.Contains)));

    private WidthSearch Search() => new(_estimate, _device, new WeightMemory(Groups), _options.Steering);

    private Dictionary<WidthGroup, long> Changes(IReadOnlyList<long> sizes) =>
        _estimate.Groups.Zip(sizes).Where(pair => pair.First.Size != pair.Second).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>The device.</summary>
    internal DeviceModel Device => _device;

    /// <summary>Whether the gain holds when the runtime itself is asked what it makes of the rewritten model.</summary>
    internal bool Confirms(ModelProto rewritten)
    {
        Predict(rewritten);
        return _options.Steering.Pays(_before, _after!);
    }

    /// <summary>Predicts a rewritten model as the runtime itself runs it.</summary>
    internal void Predict(ModelProto rewritten)
    {
        _rewritten = RuntimeOf(rewritten);
        _after = _device.Predict(_rewritten.Network);
    }

    /// <summary>Runs a rewritten model and the original.</summary>
    internal VerificationResult Compare(ModelProto original, ModelProto rewritten, CancellationToken cancellation) =>
        Verifier.Compare(original, rewritten, _file, _options.Verification with { FreeDimensions = _options.FreeDimensions, Shapes = _original.Graph.Shapes }, cancellation);

    internal OptimizationResult Unchanged(string why) => Original(Unchanged() with { Unchanged = why });

    internal OptimizationResult Undone(VerificationResult verification)
    {
        var finding = new Finding(DiagnosticCode.VerificationFailed,
            $"Changing widths was undone: {verification.Reason}. The original model is used as it is.", _file);
        return Original(Unchanged() with { Unchanged = verification.Reason, Verification = verification, Findings = [finding] });
    }

    internal OptimizationResult Changed(ModelProto rewritten, IReadOnlyDictionary<WidthGroup, long> sizes, VerificationResult verification)
    {
        var report = Report(_after!, Outcomes(sizes)) with
        {
            WeightBytesAfter = new WeightMemory(Groups).Bytes(_estimate.SizeOf),
            Verification = verification,
        };
        return new OptimizationResult(rewritten, report, _rewritten!.Network, _after!);
    }

    private OptimizationResult Original(ExactReport report) => new(null, report, _network, _before);

    private ExactReport Unchanged() => Report(_before, _original.All.Select(Kept));

    private ExactReport Report(NetworkPrediction after, IEnumerable<WidthOutcome> widths)
    {
        var bytes = new WeightMemory(_original).Bytes(width => width.Size);
        return new ExactReport(_before.Time, after.Time)
        {
            Widths = widths.ToList(),
            Layers = LayerOutcomes.Of(_before.Layers, after.Layers),
            Unmodelled = after.Unmodelled,
            WeightBytesBefore = bytes,
            WeightBytesAfter = bytes,
        };
    }

    private IEnumerable<WidthOutcome> Outcomes(IReadOnlyDictionary<WidthGroup, long> sizes)
    {
        _estimate.Set(_estimate.Groups.Select(group => sizes.GetValueOrDefault(group, group.Size)).ToList());
        var indexOf = _estimate.Groups.Select((group, index) => (group, index)).ToDictionary(pair => pair.group, pair => pair.index);
        return Groups.All.Zip(_original.All, (group, original) => (sizes.TryGetValue(group, out var size) ? size : group.Size) is var after && after == original.Size
            ? Kept(original)
            : new WidthOutcome(original.Nodes, original.Size, after, indexOf.TryGetValue(group, out var index) ? _estimate.GainOver(index, group.Size).Nanoseconds : 0, null)
            {
                Removed = Removed.GetValueOrDefault(original, RemovedChannels.None),
            });
    }

    private static WidthOutcome Kept(WidthGroup group) =>
        new(group.Nodes, group.Size, group.Size, 0, group.Reason?.ToString() ?? "no other size is predicted to pay");

    private RuntimeGraph RuntimeOf(ModelProto model)
    {
        var copy = model.Clone();
        _options.FreeDimensions.Fix(copy);
        return RuntimeGraph.Of(copy, _file, subgraphs: true, _original.Graph.Shapes);
    }
}
