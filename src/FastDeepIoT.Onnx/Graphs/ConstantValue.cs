using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>The value of a Constant node, in whichever of its attributes it lies.</summary>
internal static class ConstantValue
{
    /// <summary>The value as a tensor, or null for strings and sparse tensors.</summary>
    internal static TensorProto? Of(NodeProto node)
    {
        foreach (var attribute in node.Attribute)
            switch (attribute.Name)
            {
                case "value":
                    return attribute.T;
                case "value_float":
                    return new TensorProto { DataType = (int)DataType.Float, FloatData = { attribute.F } };
                case "value_floats":
                    return new TensorProto { DataType = (int)DataType.Float, Dims = { attribute.Floats.Count }, FloatData = { attribute.Floats } };
                case "value_int":
                    return new TensorProto { DataType = (int)DataType.Int64, Int64Data = { attribute.I } };
                case "value_ints":
                    return new TensorProto { DataType = (int)DataType.Int64, Dims = { attribute.Ints.Count }, Int64Data = { attribute.Ints } };
            }

        return null;
    }
}
