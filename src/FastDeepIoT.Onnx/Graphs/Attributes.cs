using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Reads a node's attributes with the operator's defaults.</summary>
public static class Attributes
{
    /// <summary>An integer attribute.</summary>
    public static long IntegerOf(this NodeProto node, string name, long otherwise) => node.Find(name) is { HasI: true } a ? a.I : otherwise;

    /// <summary>A list of integers; empty when absent.</summary>
    public static IReadOnlyList<long> IntegersOf(this NodeProto node, string name) => node.Find(name)?.Ints ?? (IReadOnlyList<long>)[];

    /// <summary>A number.</summary>
    public static float NumberOf(this NodeProto node, string name, float otherwise) => node.Find(name) is { HasF: true } a ? a.F : otherwise;

    /// <summary>A text.</summary>
    public static string TextOf(this NodeProto node, string name, string otherwise) =>
        node.Find(name) is { HasS: true } a ? a.S.ToStringUtf8() : otherwise;

    /// <summary>A tensor, or null.</summary>
    public static TensorProto? TensorOf(this NodeProto node, string name) => node.Find(name)?.T;

    /// <summary>Whether the node has the attribute.</summary>
    public static bool Has(this NodeProto node, string name) => node.Find(name) is not null;

    private static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);
}
