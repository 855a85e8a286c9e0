using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// At which sizes of its free dimensions a model is slow on a device: what a build knows and code that feeds the model should.
/// </summary>
/// <param name="Model">How the model is called: the path under which it is delivered, with <c>/</c>.</param>
/// <param name="Device">The name of the device model.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Dimensions">Its free dimensions, as far as anything is known of them.</param>
public sealed record ShapeTimes(
    string Model, string Device, IReadOnlyList<ModelInput> Inputs, IReadOnlyList<DimensionTimes> Dimensions);

/// <summary>An input of a model.</summary>
public sealed record ModelInput(string Name, IReadOnlyList<ModelAxis> Axes);

/// <summary>An axis of an input: a free dimension, or else a size in elements.</summary>
public readonly record struct ModelAxis(string? Dimension, long Size);

/// <summary>What is known of the sizes of one free dimension.</summary>
/// <param name="Name">The dimension.</param>
/// <param name="Assumed">Its size where another dimension is judged.</param>
/// <param name="Cliffs">The sizes on a cliff, ascending.</param>
public sealed record DimensionTimes(string Name, long Assumed, IReadOnlyList<SizeCliff> Cliffs);

/// <summary>A size and the neighbours that are better.</summary>
/// <param name="Size">The size in elements.</param>
/// <param name="Larger">The larger neighbour that takes less time; null when there is none.</param>
/// <param name="Smaller">The smaller neighbour that takes less time by more than it is less work; null when there is none.</param>
public sealed record SizeCliff(long Size, SizeComparison? Larger, SizeComparison? Smaller);

/// <summary>How many times as long a network takes at one size as at <paramref name="Size"/>.</summary>
/// <param name="Size">The other size in elements.</param>
/// <param name="Ratio">The ratio of the times.</param>
/// <param name="Excess">The ratio beyond what the difference in work explains.</param>
/// <param name="Uncertainty">The larger half-width of the ratio's 95% interval, as a fraction of it.</param>
public sealed record SizeComparison(long Size, double Ratio, double Excess, double Uncertainty);
