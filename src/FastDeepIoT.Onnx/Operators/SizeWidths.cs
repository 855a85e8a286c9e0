namespace FastDeepIoT.Onnx;

/// <summary>Follows sizes through the small integer tensors that Shape starts and that Reshape, Expand or Resize end.</summary>
internal static class SizeWidths
{
    /// <summary>Shape: the sizes of a tensor's axes.</summary>
    internal static WidthRule Shape { get; } = new(CoupleShape, AddedFunctions.Finite);

    /// <summary>ConstantOfShape: a tensor of one value.</summary>
    internal static WidthRule ConstantOfShape { get; } = new(CoupleConstantOfShape, AddedConstant);

    /// <summary>Arithmetic on sizes; false when the node works on something else.</summary>
    internal static bool Arithmetic(Coupling node)
    {
        if (node.InputCount != 2 || !node.HoldsSizes(0) || !node.HoldsSizes(1)) return false;
        if (!node.HoldsComputedSizes(0) && !node.HoldsComputedSizes(1)) return false;
        if (node.Node.OpType is not ("Add" or "Sub" or "Mul" or "Div")) return false;

        var (left, right) = (node.Sizes(0)!, node.Sizes(1)!);
        var count = Math.Max(left.Count, right.Count);
        if ((left.Count != count && left.Count != 1) || (right.Count != count && right.Count != 1)) return false;

        node.OutSizes(0, Enumerable.Range(0, count).Select(i => Combine(node, left[left.Count == 1 ? 0 : i], right[right.Count == 1 ? 0 : i])).ToList());
        node.Out(0, node.In(0).Count == 0 && node.In(1).Count == 0 ? [] : [new FixedExtent(count)]);
        return true;
    }

    private static SizeValue Combine(Coupling node, SizeValue left, SizeValue right)
    {
        if (left.Extent is { } a && right.Extent is { } b)
            switch (node.Node.OpType)
            {
                case "Add":
                    return new SizeValue(null, node.Sum(Number(node, left, a), Number(node, right, b)));
                case "Mul":
                    return new SizeValue(null, node.Product(Number(node, left, a), Number(node, right, b)));
                case "Div" when Quotient(node, node.Resolve(a), Number(node, right, b)) is { } quotient:
                    return new SizeValue(null, quotient);
            }

        foreach (var size in new[] { left.Extent, right.Extent }.OfType<Extent>()) node.Fix(size, "computes with the size");
        return new SizeValue(null, new FixedExtent(Compute(node.Node.OpType, left.Number, right.Number)));
    }

    // A number that a size is computed with is no size itself.
    private static Extent Number(Coupling node, SizeValue value, Extent extent)
    {
        if (value.Literal is not null) node.Fix(extent, "computes with the number");
        return node.Resolve(extent);
    }

    // Half of a size that consists of two equal parts is one part, and so it is when less than a part is added before: rounding up.
    private static Extent? Quotient(Coupling node, Extent size, Extent by)
    {
        if (by is not FixedExtent { Size: > 0 } || size.Size < 0) return null;
        if (size is SumExtent { Terms: [.., FixedExtent rest] } sum && rest.Size < by.Size && (size.Size - rest.Size) % by.Size == 0)
            size = node.Sum(sum.Terms.Take(sum.Terms.Count - 1));
        if (!node.IsOpen(size)) return new FixedExtent(size.Size / by.Size);
        if (size.Size % by.Size != 0) return null;

        var quotient = node.Fresh(size.Size / by.Size);
        node.Unify(size, node.Product(by, quotient));
        return node.Resolve(quotient);
    }

    private static long Compute(string type, long? left, long? right) => (left, right) switch
    {
        ( >= 0 and { } a, >= 0 and { } b) => type switch
        {
            "Add" => a + b,
            "Sub" when a >= b => a - b,
            "Mul" => a * b,
            "Div" when b > 0 => a / b,
            _ => Extent.Unknown,
        },
        _ => Extent.Unknown,
    };

    private static string? CoupleShape(Coupling node)
    {
        var axes = node.In(0);
        var start = Position(node.Node.IntegerOf("start", 0), axes.Count);
        var end = Position(node.Node.IntegerOf("end", axes.Count), axes.Count);
        var sizes = axes.Take(end).Skip(start).Select(axis => new SizeValue(null, axis)).ToList();
        node.Drop(axes);
        node.OutSizes(0, sizes);
        node.Out(0, new FixedExtent(sizes.Count));
        return null;
    }

    private static int Position(long position, int rank) => (int)Math.Clamp(position < 0 ? position + rank : position, 0, rank);

    private static string? CoupleConstantOfShape(Coupling node)
    {
        if (node.Sizes(0) is not { } sizes) return "makes a tensor of a computed shape";

        node.Out(0, sizes.Select((size, axis) => size.Extent ?? node.Inferred(0, axis)));
        return null;
    }

    private static AddedRange? AddedConstant(AddedView view)
    {
        var value = view.Node.TensorOf("value") is { } tensor ? TensorValues.Numbers(tensor) : [0.0];
        return value.Count == 1 ? new AddedRange(value[0], value[0]) : AddedRange.Finite;
    }
}
