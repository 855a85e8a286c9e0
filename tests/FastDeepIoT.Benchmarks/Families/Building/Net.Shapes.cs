namespace FastDeepIoT.Benchmarks.Families;

internal sealed partial class Net
{
    /// <summary>Reshapes; -1 is what remains.</summary>
    internal Tensor Reshape(Tensor x, params long[] shape)
    {
        var known = shape.Where(size => size >= 0).Aggregate(1L, (product, size) => product * size);
        var all = x.Shape.Aggregate(1L, (product, size) => product * size);
        return Node("Reshape", [.. shape.Select(size => size < 0 ? all / known : size)], [x, Integers(shape)]);
    }

    internal Tensor Transpose(Tensor x, params long[] order) =>
        Node("Transpose", [.. order.Select(axis => x.Shape[axis])], [x], ("perm", order));

    /// <summary>To batch x features. TensorFlow flattens with the channels last.</summary>
    internal Tensor Flatten(Tensor x)
    {
        if (style.IsTensorFlow && x.Spatial.Any(size => size > 1))
            x = Transpose(x, [0, .. Enumerable.Range(2, x.Spatial.Length).Select(axis => (long)axis), 1]);
        var features = x.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        return style.ReshapesToFlatten || style.IsTensorFlow ? Reshape(x, x.Shape[0], features) : Node("Flatten", [x.Shape[0], features], [x], ("axis", 1));
    }

    internal Tensor Concat(int axis, params Tensor[] parts)
    {
        var shape = parts[0].Shape.ToArray();
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        return Node("Concat", shape, parts, ("axis", axis));
    }

    /// <summary>Splits an axis; the sizes are an input since operator set 13.</summary>
    internal Tensor[] Split(Tensor x, int axis, params long[] sizes)
    {
        var shapes = sizes.Select(size => x.Shape.Select((old, i) => i == axis ? size : old).ToArray()).ToArray();
        return style.Opset >= 13
            ? Nodes("Split", shapes, [x, Integers(sizes)], ("axis", axis))
            : Nodes("Split", shapes, [x], ("axis", axis), ("split", sizes));
    }

    /// <summary>A range of an axis, every so many.</summary>
    internal Tensor Slice(Tensor x, int axis, long start, long end, long step = 1)
    {
        var shape = x.Shape.ToArray();
        shape[axis] = (Math.Min(end, shape[axis]) - start + step - 1) / step;
        return Node("Slice", shape, [x, Integers(start), Integers(end), Integers(axis), Integers(step)]);
    }

    /// <summary>Takes one index of an axis, which disappears.</summary>
    internal Tensor Pick(Tensor x, int axis, long index)
    {
        var at = Constant(Onnx.Format.TensorProto.Types.DataType.Int64, BitConverter.GetBytes(index));
        return Node("Gather", [.. x.Shape.Where((_, i) => i != axis)], [x, at], ("axis", axis));
    }

    internal Tensor Squeeze(Tensor x, int axis)
    {
        long[] shape = [.. x.Shape.Where((_, i) => i != axis)];
        return style.Opset >= 13 ? Node("Squeeze", shape, [x, Integers(axis)]) : Node("Squeeze", shape, [x], ("axes", new long[] { axis }));
    }

    internal Tensor Unsqueeze(Tensor x, int axis)
    {
        long[] shape = [.. x.Shape.Take(axis), 1, .. x.Shape.Skip(axis)];
        return style.Opset >= 13 ? Node("Unsqueeze", shape, [x, Integers(axis)]) : Node("Unsqueeze", shape, [x], ("axes", new long[] { axis }));
    }

    /// <summary>Pads the spatial axes; pads are all begins, then all ends.</summary>
    internal Tensor Pad(Tensor x, string mode, params long[] pads)
    {
        var axes = x.Spatial.Length;
        long[] all = [0, 0, .. pads[..axes], 0, 0, .. pads[axes..]];
        long[] shape = [x.Shape[0], x.Channels, .. x.Spatial.Select((size, i) => size + pads[i] + pads[axes + i])];
        return Node("Pad", shape, mode == "constant" ? [x, Integers(all), Scalar(0)] : [x, Integers(all)], ("mode", mode));
    }

    /// <summary>Enlarges an image by a whole factor; torch gives scales, TensorFlow sizes.</summary>
    internal Tensor Resize(Tensor x, int factor, string mode)
    {
        long[] shape = [x.Shape[0], x.Channels, .. x.Spatial.Select(size => size * factor)];
        Tensor?[] inputs = style.IsTensorFlow
            ? [x, null, null, Integers(shape)]
            : [x, null, Floats([1, 1, .. x.Spatial.Select(_ => (float)factor)], shape.Length)];
        if (style.Opset < 13) inputs[1] = Floats([], 0);
        if (style.Opset < 13 && style.IsTensorFlow) inputs[2] = Floats([], 0);
        return mode == "nearest"
            ? Node("Resize", shape, inputs, ("coordinate_transformation_mode", "asymmetric"), ("mode", mode), ("nearest_mode", "floor"))
            : Node("Resize", shape, inputs, ("coordinate_transformation_mode", "half_pixel"), ("mode", mode));
    }

    /// <summary>Pixel shuffle: channels to blocks of pixels.</summary>
    internal Tensor DepthToSpace(Tensor x, int block) => Node("DepthToSpace",
        [x.Shape[0], x.Channels / block / block, x.Shape[2] * block, x.Shape[3] * block], [x],
        ("blocksize", block), ("mode", style.IsTensorFlow ? "DCR" : "CRD"));

    /// <summary>Exchanges the channels between groups, as ShuffleNet does.</summary>
    internal Tensor Shuffle(Tensor x, long groups)
    {
        var grouped = Reshape(x, x.Shape[0], groups, x.Channels / groups, x.Shape[2], x.Shape[3]);
        return Reshape(Transpose(grouped, 0, 2, 1, 3, 4), x.Shape);
    }
}
