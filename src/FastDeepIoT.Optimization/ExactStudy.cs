using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>One model on one device: predicts it, chooses its widths, and tells what came out.</summary>
internal sealed class ExactStudy
{
    private readonly ExactOptions _options;
    private readonly DeviceModel _device;
    private readonly WidthGroups _groups;
    private readonly string? _file;
    private readonly RuntimeGraph _runtime;
    private readonly WidthEstimate _estimate;
    private readonly WeightMemory _memory;
    private readonly NetworkPrediction _before;
    private RuntimeGraph? _rewritten;
    private NetworkPrediction? _after;

    internal ExactStudy(ModelProto model, string? file, WidthGroups groups, DeviceModel device, ExactOptions options)
    {
        (_file, _groups, _device, _options) = (file, groups, device, options);
        _runtime = RuntimeOf(model);
        _before = device.Predict(_runtime.Network);
        var runtimeWidths = new RuntimeWidths(groups, _runtime);
        _estimate = new WidthEstimate(runtimeWidths, groups.Open.Where(group => runtimeWidths.LayersOf[group].Count > 0).ToList(), device);
        _memory = new WeightMemory(groups);
    }

    /// <summary>The groups to grow, with their new sizes.</summary>
    internal IReadOnlyDictionary<WidthGroup, long> Choose(IProgress<double>? progress, CancellationToken cancellation)
    {
        if (_estimate.Groups.Count == 0) return new Dictionary<WidthGroup, long>();

        var steps = DeviceSteps.Of(_device);
        var sizes = new WidthSearch(_estimate, new WidthCandidates(steps), steps, _memory, _options.Steering).Run(progress, cancellation);
        return _estimate.Groups.Zip(sizes).Where(pair => pair.First.Size != pair.Second).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>Whether the gain holds when the runtime itself is asked what it makes of the rewritten model.</summary>
    internal bool Confirms(ModelProto rewritten)
    {
        _rewritten = RuntimeOf(rewritten);
        _after = _device.Predict(_rewritten.Network);
        return _before.Time.Nanoseconds - _after.Time.Nanoseconds >= _options.Steering.SmallestGain * _before.Time.Nanoseconds;
    }

    internal OptimizationResult Unchanged(string why) => Original(Report(new Dictionary<WidthGroup, long>(), _before) with { Unchanged = why });

    internal OptimizationResult Undone(VerificationResult verification)
    {
        var finding = new Finding(DiagnosticCode.VerificationFailed,
            $"Growing widths was undone: {verification.Reason}. The original model is used as it is.", _file);
        var report = Report(new Dictionary<WidthGroup, long>(), _before);
        return Original(report with { Unchanged = verification.Reason, Verification = verification, Findings = [finding] });
    }

    internal OptimizationResult Changed(ModelProto rewritten, IReadOnlyDictionary<WidthGroup, long> sizes, VerificationResult verification) =>
        new(rewritten, Report(sizes, _after!) with { Verification = verification }, _rewritten!.Network, _after!);

    private OptimizationResult Original(ExactReport report) => new(null, report, _runtime.Network, _before);

    private ExactReport Report(IReadOnlyDictionary<WidthGroup, long> sizes, NetworkPrediction after) => new(_before.Time, after.Time)
    {
        Widths = Outcomes(sizes),
        Layers = LayerOutcomes.Of(_before.Layers, after.Layers),
        Unmodelled = after.Unmodelled,
        WeightBytesBefore = _memory.Bytes(width => width.Size),
        WeightBytesAfter = _memory.Bytes(width => _groups.Open.FirstOrDefault(group => group.Width == width) is { } group ? sizes.GetValueOrDefault(group, group.Size) : width.Size),
    };

    private List<WidthOutcome> Outcomes(IReadOnlyDictionary<WidthGroup, long> sizes)
    {
        _estimate.Set(_estimate.Groups.Select(group => sizes.GetValueOrDefault(group, group.Size)).ToList());
        var time = _estimate.Nanoseconds;
        return _groups.All.Select(group => sizes.TryGetValue(group, out var size)
            ? new WidthOutcome(group.Nodes, group.Size, size, _estimate.Try(_estimate.Groups.ToList().IndexOf(group), group.Size) - time, null)
            : new WidthOutcome(group.Nodes, group.Size, group.Size, 0, group.Reason?.ToString() ?? "no other size is predicted to pay")).ToList();
    }

    private RuntimeGraph RuntimeOf(ModelProto model)
    {
        var copy = model.Clone();
        _options.FreeDimensions.Fix(copy);
        return RuntimeGraph.Of(copy, _file);
    }
}
