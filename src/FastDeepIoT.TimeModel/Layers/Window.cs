using System;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// A convolution's window along one spatial axis. How much padding there is follows from the sizes; that of a transposed convolution never
/// leaves the image, as it visits what is there.
/// </summary>
internal readonly struct Window
{
    // A kernel larger than this is a mistake, not a window: nothing is gained by looking at each of its elements.
    private const long LargestKernel = 4096;

    private readonly long _input;
    private readonly long _output;
    private readonly long _kernel;
    private readonly long _stride;
    private readonly long _dilation;
    private readonly long _before;
    private readonly bool _inside;

    internal Window(ConvolutionShape shape, int axis)
    {
        (_input, _output, _kernel) = (shape.InputSize[axis], shape.OutputSize[axis], shape.Kernel[axis]);
        _stride = axis < shape.Strides.Count ? shape.Strides[axis] : 1;
        _dilation = axis < shape.Dilations.Count ? shape.Dilations[axis] : 1;
        _inside = shape.Transposed || _kernel > LargestKernel;
        _before = Math.Max(0, (_output - 1) * _stride + Reach + 1 - _input) / 2;
    }

    private long Reach => _dilation * (_kernel - 1);

    /// <summary>Kernel elements that lie inside the image, summed over all output positions.</summary>
    internal double TapsInside()
    {
        if (_inside) return (double)_output * _kernel;

        double taps = 0;
        for (long tap = 0; tap < _kernel; tap++) taps += PositionsWithin(tap * _dilation, tap * _dilation);
        return taps;
    }

    /// <summary>Those of output positions whose window reaches over an edge.</summary>
    internal double TapsAtEdges() => _inside ? 0 : TapsInside() - (double)PositionsWithin(0, Reach) * _kernel;

    // Output positions p for which p * stride - before + nearest >= 0 and p * stride - before + farthest < input.
    private long PositionsWithin(long nearest, long farthest)
    {
        var first = Math.Max(0, CeilingOf(_before - nearest));
        var end = Math.Min(_output, CeilingOf(_input + _before - farthest));
        return Math.Max(0, end - first);
    }

    private long CeilingOf(long value) => value <= 0 ? 0 : (value + _stride - 1) / _stride;
}
