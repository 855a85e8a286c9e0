namespace FastDeepIoT.Optimization;

/// <summary>
/// The largest value in every slice of a tensor across every axis: of each channel, each row, each class. An error in one channel is large
/// against that channel, however small it is against the rest.
/// </summary>
internal sealed class AxisSlices
{
    private readonly double[][] _largest;

    private AxisSlices(double[][] largest) => _largest = largest;

    /// <summary>The slices of a tensor.</summary>
    /// <param name="values">Its elements, none below zero.</param>
    /// <param name="shape">Elements along each axis.</param>
    internal static AxisSlices Of(ReadOnlySpan<double> values, long[] shape)
    {
        var axes = Enumerable.Range(0, shape.Length).Where(axis => shape[axis] > 1).ToList();
        if (axes.Count == 0) return new AxisSlices([[Largest(values)]]);

        var largest = new double[axes.Count][];
        for (var index = 0; index < axes.Count; index++) largest[index] = Across(values, shape, axes[index]);
        return new AxisSlices(largest);
    }

    /// <summary>Takes over what is larger in other slices of the same shape.</summary>
    internal void Include(AxisSlices other)
    {
        for (var axis = 0; axis < _largest.Length; axis++)
            for (var slice = 0; slice < _largest[axis].Length; slice++)
                _largest[axis][slice] = Math.Max(_largest[axis][slice], other._largest[axis][slice]);
    }

    /// <summary>Whether every slice is at most so many times as large as its counterpart.</summary>
    internal bool IsWithin(AxisSlices other, double factor)
    {
        for (var axis = 0; axis < _largest.Length; axis++)
            for (var slice = 0; slice < _largest[axis].Length; slice++)
                if (!(_largest[axis][slice] <= factor * other._largest[axis][slice])) return false;
        return true;
    }

    private static double[] Across(ReadOnlySpan<double> values, long[] shape, int axis)
    {
        var size = (int)shape[axis];
        var inner = 1;
        for (var later = axis + 1; later < shape.Length; later++) inner *= (int)shape[later];
        var largest = new double[size];
        for (var at = 0; at < values.Length; at += inner)
        {
            ref var slice = ref largest[at / inner % size];
            slice = Math.Max(slice, Largest(values.Slice(at, inner)));
        }

        return largest;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
            if (value > largest) largest = value;
        return largest;
    }
}
