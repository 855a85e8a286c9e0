using System.Globalization;

namespace FastDeepIoT.Onnx;

/// <summary>
/// The size of a tensor's axis as an expression over widths that may change: a fixed size, a width, or a sum (laid one after the
/// other, as concat does) or product (nested, outermost first, as reshape does) of such.
/// </summary>
public abstract class Extent
{
    /// <summary>The size of an axis that is only known when the model runs.</summary>
    public const long Unknown = -1;

    private protected Extent(long size) => Size = size;

    /// <summary>Elements in the original model, or <see cref="Unknown"/>.</summary>
    public long Size { get; }

    /// <summary>The widths in the expression, each as often as it occurs; bindings are not followed.</summary>
    public abstract IEnumerable<Width> Leaves();

    private protected static string Print(long size) => size == Unknown ? "?" : size.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Why a width cannot change: the node (or graph input or output) that stands in the way, and what it does.</summary>
public sealed record FixedReason(string Node, string Why)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Node}: {Why}";
}

/// <summary>A size that cannot change; <paramref name="reason"/> is null where nobody would expect it to.</summary>
public sealed class FixedExtent(long size, FixedReason? reason = null) : Extent(size)
{
    /// <summary>A single element.</summary>
    public static FixedExtent One { get; } = new(1);

    /// <summary>What stands in the way of changing it, or null where nobody would expect it to change.</summary>
    public FixedReason? Reason => reason;

    /// <inheritdoc/>
    public override string ToString() => Print(Size);

    /// <inheritdoc/>
    public override IEnumerable<Width> Leaves() => [];
}

/// <summary>A size that may change. Found equal to another expression, it is bound to it.</summary>
public sealed class Width : Extent
{
    internal Width(ExtentSolver owner, int id, long size) : base(size) => (Owner, Id) = (owner, id);

    /// <summary>Counts widths in the order they were met.</summary>
    public int Id { get; }

    internal ExtentSolver Owner { get; }

    internal Extent? Binding { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"w{Id.ToString(CultureInfo.InvariantCulture)}({Print(Size)})";

    /// <inheritdoc/>
    public override IEnumerable<Width> Leaves() => [this];
}

/// <summary>Extents one after the other along an axis.</summary>
public sealed class SumExtent(IReadOnlyList<Extent> terms)
    : Extent(terms.Any(term => term.Size == Unknown) ? Unknown : terms.Sum(term => term.Size))
{
    /// <summary>The parts, first to last.</summary>
    public IReadOnlyList<Extent> Terms => terms;

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(" + ", terms)})";

    /// <inheritdoc/>
    public override IEnumerable<Width> Leaves() => terms.SelectMany(term => term.Leaves());
}

/// <summary>Extents nested in one axis, outermost first.</summary>
public sealed class ProductExtent(IReadOnlyList<Extent> factors)
    : Extent(factors.Any(factor => factor.Size == Unknown) ? Unknown : factors.Aggregate(1L, (product, factor) => product * factor.Size))
{
    /// <summary>The factors, outermost first.</summary>
    public IReadOnlyList<Extent> Factors => factors;

    /// <inheritdoc/>
    public override string ToString() => string.Join("*", factors);

    /// <inheritdoc/>
    public override IEnumerable<Width> Leaves() => factors.SelectMany(factor => factor.Leaves());
}
