namespace FastDeepIoT.Onnx;

/// <summary>What is known of the numbers in the tensors of a graph, and of those around it.</summary>
internal sealed class IntegerScope(IntegerScope? outer)
{
    private readonly Dictionary<string, IntegerRange> _ranges = [];

    /// <summary>The numbers of a tensor.</summary>
    internal IntegerRange this[string name]
    {
        get => _ranges.TryGetValue(name, out var range) ? range : outer?[name] ?? IntegerRange.Unknown;
        set => _ranges[name] = value;
    }
}
