namespace FastDeepIoT.Onnx;

/// <summary>
/// Finds which widths must change together: expressions that stand for the same axis are made equal by binding widths, and what
/// cannot be made equal is fixed. Binding only ever takes freedom away, so every equality once found stays true.
/// </summary>
internal sealed partial class ExtentSolver
{
    private int _widths;

    /// <summary>A width nothing is known of yet; a single element or a size only known when running stays fixed.</summary>
    internal Extent Fresh(long size) => size > 1 ? new Width(this, _widths++, size) : size == 1 ? FixedExtent.One : new FixedExtent(size);

    /// <summary>The expression with all bindings followed: flat, without single elements, neighbouring fixed parts joined.</summary>
    internal Extent Resolve(Extent extent)
    {
        switch (extent)
        {
            case Width { Binding: { } binding } width:
                return width.Binding = Resolve(binding);
            case SumExtent sum:
                return SumOf(sum.Terms.Select(Resolve));
            case ProductExtent product:
                return ProductOf(product.Factors.Select(Resolve));
            default:
                return extent;
        }
    }

    /// <summary>Extents one after the other.</summary>
    internal Extent Sum(params IEnumerable<Extent> terms) => SumOf(terms.Select(Resolve));

    /// <summary>Extents nested, outermost first.</summary>
    internal Extent Product(params IEnumerable<Extent> factors) => ProductOf(factors.Select(Resolve));

    /// <summary>The widths of an expression that can still change, each once.</summary>
    internal IEnumerable<Width> Open(Extent extent) => Resolve(extent).Leaves().Distinct();

    /// <summary>Takes every width of an expression out of the game.</summary>
    internal void Fix(Extent extent, FixedReason? reason)
    {
        foreach (var width in Open(extent).Where(CanBind).ToList()) width.Binding = new FixedExtent(width.Size, reason);
    }

    // Widths of another solver are given from outside: they may be bound to, never bound.
    private bool CanBind(Width width) => width.Owner == this;

    private static Extent SumOf(IEnumerable<Extent> terms)
    {
        var flat = new List<Extent>();
        foreach (var term in terms.SelectMany(term => term is SumExtent sum ? sum.Terms : [term]).Where(term => term.Size != 0))
            if (term is FixedExtent { Size: > 0 } next && flat.Count > 0 && flat[^1] is FixedExtent { Size: > 0 } last)
                flat[^1] = new FixedExtent(last.Size + next.Size, last.Reason ?? next.Reason);
            else
                flat.Add(term);
        return flat.Count switch { 0 => new FixedExtent(0), 1 => flat[0], _ => new SumExtent(flat) };
    }

    private static Extent ProductOf(IEnumerable<Extent> factors)
    {
        var flat = new List<Extent>();
        foreach (var factor in factors.SelectMany(factor => factor is ProductExtent product ? product.Factors : [factor]).Where(factor => factor.Size != 1))
            if (factor is FixedExtent { Size: >= 0 } next && flat.Count > 0 && flat[^1] is FixedExtent { Size: >= 0 } last)
                flat[^1] = new FixedExtent(last.Size * next.Size, last.Reason ?? next.Reason);
            else
                flat.Add(factor);
        return flat.Count switch { 0 => FixedExtent.One, 1 => flat[0], _ => new ProductExtent(flat) };
    }
}
