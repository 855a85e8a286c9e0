using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>What all variants of a network are studied with.</summary>
internal sealed class StudyContext : IDisposable
{
    // Outputs are numbers, not a yes or no: few samples tell how far they go off, and of a large network fewer are run.
    private const int FewestProbes = 16, MostProbes = 128;
    private const double ProbeOperations = 12e9;

    private readonly DeviceModel _device;
    private readonly Lazy<double> _macs;
    private ModelOutputs? _wanted;

    internal StudyContext(ModelProto original, string? file, DeviceModel device, CalibrationSamples samples, CompressionOptions options) =>
        (Original, File, _device, Samples, Options, _macs) = (original, file, device, samples, options, new Lazy<double>(() => NetworkOf(original).Layers.Sum(layer => layer.Layer?.Macs ?? 0)));

    /// <summary>The model as it came.</summary>
    internal ModelProto Original { get; }

    /// <summary>The file it came from, for messages; null when there is none.</summary>
    internal string? File { get; }

    /// <summary>What weights are fitted to.</summary>
    internal CalibrationSamples Samples { get; }

    /// <summary>The last of these, to see how far outputs go off.</summary>
    internal CalibrationSamples Probe => Samples.Last(ProbeCount);

    /// <summary>The first of these, to see what repair can make up for.</summary>
    internal CalibrationSamples Some => Samples.Take(2 * ProbeCount);

    /// <summary>Multiply-accumulates of one run of the original.</summary>
    internal double Macs => _macs.Value;

    /// <summary>Whether there are no data, so that channels are ranked by weights alone and nothing is fitted.</summary>
    internal bool HasNoData => Samples.Data.AreDrawn;

    private int ProbeCount => (int)Math.Clamp(ProbeOperations / Math.Max(1, 2 * Macs), FewestProbes, MostProbes);

    internal CompressionOptions Options { get; }

    internal RuntimeProduct Product { get; } = new();

    /// <summary>How far a model's outputs are from the original's.</summary>
    internal double DivergenceOf(ModelProto model, CancellationToken cancellation)
    {
        using var prefix = new PrefixCache(model, Probe);
        return DivergenceOf(model, prefix, cancellation);
    }

    /// <summary>As the other, from where the probe's samples are in the model already.</summary>
    internal double DivergenceOf(ModelProto model, PrefixCache prefix, CancellationToken cancellation)
    {
        _wanted ??= ModelOutputs.Of(Original, Probe, cancellation);
        return Divergence.Of(_wanted, ModelOutputs.Of(model, Probe, prefix, cancellation));
    }

    /// <summary>The predicted time of a model at hypothetical widths.</summary>
    internal SteeredNetwork Steer(ModelProto model, WidthGroups groups) => new(model, File, groups, _device, Options.FreeDimensions);

    /// <summary>The predicted nanoseconds of a model.</summary>
    internal double NanosecondsOf(ModelProto model) => _device.Predict(NetworkOf(model)).Time.Nanoseconds;

    /// <inheritdoc/>
    public void Dispose() => Product.Dispose();

    private Network NetworkOf(ModelProto model)
    {
        var copy = model.Clone();
        Options.FreeDimensions.Fix(copy);
        return RuntimeGraph.Of(copy, File).Network;
    }
}
