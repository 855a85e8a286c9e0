namespace FastDeepIoT.Onnx;

/// <summary>Which fields of a message of the ONNX format are messages themselves, by number (onnx.proto).</summary>
internal sealed class MessageKind
{
    private const int TensorBytes = 9;

    private static readonly int[] TensorNumbers = [4, 5, 7, 10, 11], AttributeNumbers = [7, 8];

    private readonly Dictionary<int, MessageKind> _messages = [];
    private readonly int[] _packed;
    private bool _hasWeights;

    private MessageKind(params int[] packed) => _packed = packed;

    /// <summary>The file as a whole.</summary>
    internal static MessageKind Model { get; } = MakeModel();

    /// <summary>The kind of message a field holds; null for texts, bytes, numbers and fields nobody here knows.</summary>
    internal MessageKind? Message(int field) => _messages.GetValueOrDefault(field);

    /// <summary>Whether a field holds a list of numbers.</summary>
    internal bool IsPacked(int field) => Array.IndexOf(_packed, field) >= 0;

    /// <summary>Whether a field holds weights as bytes.</summary>
    internal bool IsWeights(int field) => _hasWeights && field == TensorBytes;

    private static MessageKind MakeModel()
    {
        MessageKind model = new(), graph = new(), node = new(), attribute = new(AttributeNumbers), tensor = new(TensorNumbers) { _hasWeights = true }, sparse = new();
        MessageKind value = new(), type = new(), tensorType = new(), shape = new(), plain = new(), function = new();
        model.Holds((7, graph), (8, plain), (14, plain), (25, function));
        graph.Holds((1, node), (5, tensor), (11, value), (12, value), (13, value), (15, sparse));
        function.Holds((7, node), (11, attribute), (12, value));
        node.Holds((5, attribute));
        attribute.Holds((5, tensor), (6, graph), (10, tensor), (11, graph));
        tensor.Holds((13, plain));
        sparse.Holds((1, tensor), (2, tensor));
        value.Holds((2, type));
        type.Holds((1, tensorType));
        tensorType.Holds((2, shape));
        shape.Holds((1, plain));
        return model;
    }

    private void Holds(params (int Field, MessageKind Kind)[] messages)
    {
        foreach (var (field, kind) in messages) _messages[field] = kind;
    }
}
