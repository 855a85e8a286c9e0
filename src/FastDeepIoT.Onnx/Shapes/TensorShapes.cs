using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Shape (elements, outermost axis first) and element type of a tensor.</summary>
public sealed record TensorShape(IReadOnlyList<long> Shape, TensorProto.Types.DataType ElementType)
{
    /// <summary>Number of elements.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Bytes of one element; 4 for types without a fixed size.</summary>
    public int ElementBytes => ElementSize.Of(ElementType);

    /// <summary>The declaration of a tensor of this shape.</summary>
    internal ValueInfoProto Declare(string name)
    {
        var sizes = new TensorShapeProto();
        sizes.Dim.Add(Shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType, Shape = sizes } } };
    }
}

/// <summary>The shapes of a graph's tensors, as the runtime infers them.</summary>
public sealed class TensorShapes(IReadOnlyDictionary<string, TensorShape> shapes)
{
    /// <summary>No shapes at all.</summary>
    public static TensorShapes None { get; } = new(new Dictionary<string, TensorShape>());

    /// <summary>These shapes, and others for tensors that those know.</summary>
    public TensorShapes With(TensorShapes others)
    {
        var all = new Dictionary<string, TensorShape>(shapes);
        foreach (var (name, shape) in others.All) all[name] = shape;
        return new TensorShapes(all);
    }

    private IReadOnlyDictionary<string, TensorShape> All => shapes;

    /// <summary>The shape of a tensor; null when it is not known before running, or not a tensor.</summary>
    public TensorShape? Find(string name) => shapes.GetValueOrDefault(name);
}
