using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>The window of the input that one output position of a convolution is computed from, in any number of dimensions.</summary>
internal sealed class ConvolutionWindow
{
    private readonly int _channels;
    private readonly int[] _input, _output, _kernel, _strides, _dilations, _pads;

    internal ConvolutionWindow(ReaderSite site, ReadOnlySpan<long> shape)
    {
        _channels = (int)shape[1];
        _input = [.. shape[2..].ToArray().Select(size => (int)size)];
        _kernel = [.. site.KernelShape];
        var node = site.Source;
        _strides = Numbers(node, "strides", _input.Length, 1);
        _dilations = Numbers(node, "dilations", _input.Length, 1);
        var pads = Numbers(node, "pads", 2 * _input.Length, 0);
        _pads = pads[.._input.Length];
        _output = _input.Select((size, axis) => Math.Max(0, (size + pads[axis] + pads[axis + _input.Length] - _dilations[axis] * (_kernel[axis] - 1) - 1) / _strides[axis] + 1)).ToArray();
    }

    /// <summary>Output positions of one sample.</summary>
    internal int Positions => Product(_output);

    /// <summary>Elements of a window over all channels.</summary>
    internal int Features => _channels * Product(_kernel);

    /// <summary>Copies the window of an output position: channel by channel, zeros where it reaches over the edge.</summary>
    internal void Copy(ReadOnlySpan<float> sample, int position, Span<float> to)
    {
        var (plane, kernel) = (Product(_input), Product(_kernel));
        for (var element = 0; element < kernel; element++)
        {
            var at = Offset(position, element);
            for (var channel = 0; channel < _channels; channel++) to[channel * kernel + element] = at < 0 ? 0 : sample[channel * plane + at];
        }
    }

    // Where an element of the kernel falls in the input plane, or -1 beyond its edge.
    private int Offset(int position, int element)
    {
        var (offset, stride) = (0, 1);
        for (var axis = _input.Length - 1; axis >= 0; axis--)
        {
            var at = position % _output[axis] * _strides[axis] + element % _kernel[axis] * _dilations[axis] - _pads[axis];
            if (at < 0 || at >= _input[axis]) return -1;

            offset += at * stride;
            (stride, position, element) = (stride * _input[axis], position / _output[axis], element / _kernel[axis]);
        }

        return offset;
    }

    private static int[] Numbers(NodeProto node, string attribute, int count, int otherwise) =>
        node.IntegersOf(attribute) is { Count: > 0 } values && values.Count == count ? [.. values.Select(value => (int)value)] : [.. Enumerable.Repeat(otherwise, count)];

    private static int Product(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);
}
