namespace FastDeepIoT.Onnx;

/// <summary>What operators make of added elements, as bounds.</summary>
internal static class AddedFunctions
{
    // Beyond this, e to the power leaves what 16-bit floating-point numbers hold.
    private const double LargestExponent = 10;

    private static readonly AddedRange Truth = new(0, 1);

    /// <summary>The inputs' elements, moved: those at added positions come from the inputs that have the width.</summary>
    internal static AddedRange? Hull(AddedView view)
    {
        var present = Enumerable.Range(0, view.InputCount).Where(view.Has).ToList();
        var carrying = present.Where(view.Carries).ToList();
        return (carrying.Count > 0 ? carrying : present).Select(view.Range).Aggregate((AddedRange?)null, (hull, range) => hull?.Or(range) ?? range)
            ?? AddedRange.Finite;
    }

    /// <summary>Any finite number.</summary>
    internal static AddedRange? Finite(AddedView view) => AddedRange.Finite;

    /// <summary>Zero where the input is, otherwise any finite number.</summary>
    internal static AddedRange? KeepsZero(AddedView view) => view.Range(0).IsZero ? AddedRange.Zero : AddedRange.Finite;

    /// <summary>The largest or the mean of elements lies between them; what lies over padding counts as zero at most.</summary>
    internal static AddedRange? Pooled(AddedView view) => view.Node.OpType switch
    {
        "MaxPool" or "GlobalMaxPool" or "GlobalAveragePool" => view.Range(0),
        "AveragePool" => view.Range(0).Or(AddedRange.Zero),
        _ => KeepsZero(view),
    };

    /// <summary>Sums of products of two inputs, and a third added: zero factors leave the third alone.</summary>
    internal static AddedRange? Linear(AddedView view, int left, int right, int added)
    {
        if (!view.AddsZero(left) && !view.AddsZero(right)) return AddedRange.Finite;
        return view.Has(added) ? view.Range(added) : AddedRange.Zero;
    }

    /// <summary>Functions of one element.</summary>
    internal static AddedRange? Unary(AddedView view)
    {
        var x = view.Range(0);
        return view.Node.OpType switch
        {
            "Relu" => Monotone(x, value => Math.Max(0, value)),
            "Sigmoid" => Monotone(x, value => 1 / (1 + Math.Exp(-value))),
            "HardSigmoid" => HardSigmoid(view, x),
            "Tanh" => Monotone(x, Math.Tanh),
            "Softplus" => Monotone(x, value => value > LargestExponent ? value : Math.Log(1 + Math.Exp(value))),
            "Exp" => x.High <= LargestExponent ? Monotone(x, Math.Exp) : null,
            "Log" => x.Low > 0 ? Monotone(x, Math.Log) : null,
            "Sqrt" => x.Low >= 0 ? Monotone(x, Math.Sqrt) : null,
            "Reciprocal" => new AddedRange(1, 1).DividedBy(x),
            "Neg" => new AddedRange(-x.High, -x.Low),
            "Abs" => x.IsZero ? x : new AddedRange(0, Math.Max(Math.Abs(x.Low), Math.Abs(x.High))),
            "Cos" => new AddedRange(-1, 1),
            "LeakyRelu" when view.Node.NumberOf("alpha", 0.01f) is >= 0 and var slope => Monotone(x, value => value < 0 ? slope * value : value),
            "HardSwish" when x.Low == x.High => Monotone(x, value => value * Math.Clamp(value / 6 + 0.5, 0, 1)),
            "Cast" or "Identity" => x,
            "Not" or "IsNaN" or "IsInf" => Truth,
            "Asin" or "Acos" => x.Low >= -1 && x.High <= 1 ? AddedRange.Finite : null,
            "Tan" or "Sinh" or "Cosh" or "Acosh" or "Atanh" => x.IsZero && view.Node.OpType is not "Acosh" ? AddedRange.Finite : null,
            _ => KeepsZero(view),
        };
    }

    /// <summary>Clip: bounds come as attributes or as constant inputs.</summary>
    internal static AddedRange? Clip(AddedView view)
    {
        var low = Bound(view, 1, "min", double.NegativeInfinity);
        var high = Bound(view, 2, "max", double.PositiveInfinity);
        return low is null || high is null ? AddedRange.Finite : Monotone(view.Range(0), value => Math.Min(high.Value, Math.Max(low.Value, value)));
    }

    /// <summary>Functions of elements of several inputs.</summary>
    internal static AddedRange? Several(AddedView view)
    {
        var ranges = Enumerable.Range(0, view.InputCount).Where(view.Has).Select(view.Range).ToList();
        return view.Node.OpType switch
        {
            "Add" or "Sum" => ranges.Aggregate((sum, range) => sum + range),
            "Sub" => ranges[0] - ranges[1],
            "Mul" => ranges[0] * ranges[1],
            "Div" => ranges[0].DividedBy(ranges[1]),
            "Pow" => Power(ranges[0], ranges[1]),
            "Mod" => ranges[1].Contains(0) ? null : AddedRange.Finite,
            "Max" => ranges.Aggregate((most, range) => new AddedRange(Math.Max(most.Low, range.Low), Math.Max(most.High, range.High))),
            "Min" => ranges.Aggregate((least, range) => new AddedRange(Math.Min(least.Low, range.Low), Math.Min(least.High, range.High))),
            "Mean" => ranges.Aggregate((hull, range) => hull.Or(range)),
            "Where" => ranges[1].Or(ranges[2]),
            "PRelu" => KeepsZero(view),
            "Equal" or "Less" or "LessOrEqual" or "Greater" or "GreaterOrEqual" or "And" or "Or" or "Xor" => Truth,
            _ => AddedRange.Finite,
        };
    }

    private static AddedRange? Power(AddedRange value, AddedRange exponent)
    {
        if (exponent.Low < 0 || !double.IsFinite(exponent.High)) return null;
        if (value.IsZero && exponent.Low > 0) return AddedRange.Zero;

        var whole = exponent.Low == exponent.High && Math.Floor(exponent.Low) == exponent.Low;
        return whole || value.Low >= 0 ? AddedRange.Finite : null;
    }

    private static AddedRange HardSigmoid(AddedView view, AddedRange x)
    {
        var (alpha, beta) = (view.Node.NumberOf("alpha", 0.2f), view.Node.NumberOf("beta", 0.5f));
        return alpha < 0 ? Truth : Monotone(x, value => Math.Clamp(alpha * value + beta, 0, 1));
    }

    private static double? Bound(AddedView view, int input, string attribute, double otherwise)
    {
        if (!view.Has(input)) return view.Node.NumberOf(attribute, (float)otherwise);

        var range = view.Range(input);
        return range.Low == range.High ? range.Low : null;
    }

    private static AddedRange Monotone(AddedRange x, Func<double, double> function) => new(function(x.Low), function(x.High));
}
