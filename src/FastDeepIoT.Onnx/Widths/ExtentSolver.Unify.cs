namespace FastDeepIoT.Onnx;

internal sealed partial class ExtentSolver
{
    // A product with a fixed outer factor is that many copies in a row; beyond this many it is not worth the terms.
    private const int MostCopies = 64;

    /// <summary>Makes two expressions of the same axis equal, in size and in layout.</summary>
    /// <param name="reason">What is told of widths that have to be fixed for it.</param>
    internal void Unify(Extent left, Extent right, FixedReason reason)
    {
        (left, right) = (Resolve(left), Resolve(right));
        if (ReferenceEquals(left, right)) return;

        if (left.Size != right.Size || left.Size == Extent.Unknown) FixBoth(left, right, reason);
        else if (left is FixedExtent a) Fix(right, a.Reason ?? reason);
        else if (right is FixedExtent b) Fix(left, b.Reason ?? reason);
        else if (left is Width l && CanBind(l)) Bind(l, right, reason);
        else if (right is Width r && CanBind(r)) Bind(r, left, reason);
        else if (left is ProductExtent p && right is ProductExtent q) UnifyFactors(p, q, reason);
        else if (left is not Width && right is not Width) UnifyTerms(left, right, reason);
        else FixBoth(left, right, reason);
    }

    /// <summary>Cuts an expression behind its first <paramref name="at"/> elements; what cannot be cut is fixed.</summary>
    internal (Extent Head, Extent Tail) Cut(Extent extent, long at, FixedReason reason)
    {
        extent = Resolve(extent);
        if (at <= 0) return (new FixedExtent(0), extent);
        if (extent.Size != Extent.Unknown && at >= extent.Size) return (extent, new FixedExtent(0));

        switch (extent)
        {
            case Width width when CanBind(width):
                var parts = (Head: Fresh(at), Tail: Fresh(width.Size - at));
                width.Binding = Sum(parts.Head, parts.Tail);
                return parts;
            case SumExtent sum:
                return CutSum(sum, at, reason);
            case ProductExtent product when InnerSize(product) is > 0 and var inner && at % inner == 0:
                var (head, tail) = Cut(product.Factors[0], at / inner, reason);
                return (Product([head, .. product.Factors.Skip(1)]), Product([tail, .. product.Factors.Skip(1)]));
            case ProductExtent { Factors: [FixedExtent { Size: > 0 and <= MostCopies } copies, ..] } product:
                var copy = Product(product.Factors.Skip(1));
                return CutSum(new SumExtent(Enumerable.Repeat(copy, (int)copies.Size).ToList()), at, reason);
            default:
                Fix(extent, reason);
                return (new FixedExtent(at, reason), new FixedExtent(extent.Size == Extent.Unknown ? Extent.Unknown : extent.Size - at, reason));
        }
    }

    private void FixBoth(Extent left, Extent right, FixedReason reason)
    {
        Fix(left, reason);
        Fix(right, reason);
    }

    private void Bind(Width width, Extent to, FixedReason reason)
    {
        if (to is Width other && CanBind(other) && other.Id > width.Id) other.Binding = width;
        else if (to.Leaves().Contains(width)) FixBoth(width, to, reason);
        else width.Binding = to;
    }

    // Lists of parts along one axis: the smaller first part decides where the other list is cut.
    private void UnifyTerms(Extent left, Extent right, FixedReason reason)
    {
        while (left is SumExtent || right is SumExtent)
        {
            var at = Math.Min(First(left).Size, First(right).Size);
            if (at <= 0 || left.Size != right.Size)
            {
                FixBoth(left, right, reason);
                return;
            }

            var (leftHead, leftTail) = Cut(left, at, reason);
            var (rightHead, rightTail) = Cut(right, at, reason);
            Unify(leftHead, rightHead, reason);
            (left, right) = (Resolve(leftTail), Resolve(rightTail));
        }

        Unify(left, right, reason);
    }

    // Nested factors, matched from the innermost: where one is a multiple of the other, it is split.
    private void UnifyFactors(ProductExtent left, ProductExtent right, FixedReason reason)
    {
        var (lefts, rights) = (left.Factors.ToList(), right.Factors.ToList());
        while (lefts.Count > 0 && rights.Count > 0)
        {
            var (a, b) = (TakeInnermost(lefts), TakeInnermost(rights));
            if (a.Size == b.Size)
                Unify(a, b, reason);
            else if (a.Size > b.Size ? !Divide(a, b, lefts) : !Divide(b, a, rights))
            {
                FixBoth(left, right, reason);
                return;
            }
        }
    }

    private Extent TakeInnermost(List<Extent> factors)
    {
        var last = Resolve(factors[^1]);
        factors.RemoveAt(factors.Count - 1);
        if (last is not ProductExtent product) return last;

        factors.AddRange(product.Factors.Take(product.Factors.Count - 1));
        return product.Factors[^1];
    }

    // Splits a factor into what is left, outermost, and a smaller innermost factor; the rest goes back onto its list.
    private bool Divide(Extent large, Extent small, List<Extent> rest)
    {
        if (small.Size <= 0 || large.Size % small.Size != 0) return false;

        switch (large)
        {
            case Width width when CanBind(width) && !small.Leaves().Contains(width):
                var outer = Fresh(large.Size / small.Size);
                width.Binding = Product(outer, small);
                rest.Add(outer);
                return true;
            case FixedExtent whole:
                Fix(small, whole.Reason);
                rest.Add(new FixedExtent(large.Size / small.Size, whole.Reason));
                return true;
            default:
                return false;
        }
    }

    private (Extent Head, Extent Tail) CutSum(SumExtent sum, long at, FixedReason reason)
    {
        var head = new List<Extent>();
        for (var index = 0; index < sum.Terms.Count; index++)
        {
            var term = Resolve(sum.Terms[index]);
            if (at == 0) return (Sum(head), Sum(sum.Terms.Skip(index)));
            if (term.Size == Extent.Unknown || at < term.Size)
            {
                var (before, after) = Cut(term, at, reason);
                return (Sum([.. head, before]), Sum([after, .. sum.Terms.Skip(index + 1)]));
            }

            head.Add(term);
            at -= term.Size;
        }

        return (sum, new FixedExtent(0));
    }

    private static Extent First(Extent extent) => extent is SumExtent sum ? sum.Terms[0] : extent;

    private static long InnerSize(ProductExtent product) =>
        product.Factors.Skip(1).Aggregate(1L, (size, factor) => factor.Size == Extent.Unknown || size < 0 ? Extent.Unknown : size * factor.Size);
}
