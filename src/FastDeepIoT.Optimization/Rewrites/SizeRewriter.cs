using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;

namespace FastDeepIoT.Optimization;

/// <summary>Rewrites the numbers in attributes and small constants that say a size.</summary>
internal sealed class SizeRewriter(WidthGroups groups, ConstantStore constants, WidthChange change)
{
    internal void Rewrite()
    {
        var touched = groups.Bindings.Where(binding => change.Touches(binding.Extent)).ToList();
        foreach (var binding in touched.Where(binding => binding.Attribute is not null)) RewriteAttribute(binding);
        foreach (var list in touched.Where(binding => binding.Input is not null).GroupBy(binding => (binding.Node, binding.Input))) RewriteInput(list.ToList());
        foreach (var pick in groups.Picks.Where(pick => pick.IsTouchedBy(change))) RewritePicks(pick);
    }

    private void RewritePicks(PickBinding pick)
    {
        var old = groups.Graph.Constant(groups.Graph.Graph.Node[pick.Node].Input[pick.Input])!;
        constants.Set(pick.Node, pick.Input, WithNumbers(old, [.. pick.Positions(change)]));
    }

    private long Number(SizeBinding binding) => binding.Negative ? -change.SizeOf(binding.Extent) : change.SizeOf(binding.Extent);

    private void RewriteAttribute(SizeBinding binding)
    {
        var attribute = constants.Places.Nodes[binding.Node]?.Attribute.FirstOrDefault(attribute => attribute.Name == binding.Attribute);
        if (attribute is null) return;
        if (attribute.HasI) attribute.I = Number(binding);
        else attribute.Ints[binding.Element] = Number(binding);
    }

    private void RewriteInput(IReadOnlyList<SizeBinding> bindings)
    {
        var (node, input) = (bindings[0].Node, bindings[0].Input!.Value);
        var old = groups.Graph.Constant(groups.Graph.Graph.Node[node].Input[input])!;
        var numbers = TensorValues.Integers(old).ToArray();
        foreach (var binding in bindings) numbers[binding.Element] = Number(binding);
        constants.Set(node, input, WithNumbers(old, numbers));
    }

    private static TensorProto WithNumbers(TensorProto old, long[] numbers)
    {
        var value = old.Clone();
        value.Int32Data.Clear();
        value.Int64Data.Clear();
        if (old.Dims.Count == 1) value.Dims[0] = numbers.Length;
        value.RawData = ByteString.CopyFrom(old.DataType == (int)TensorProto.Types.DataType.Int32
            ? numbers.SelectMany(number => BitConverter.GetBytes((int)number)).ToArray()
            : numbers.SelectMany(BitConverter.GetBytes).ToArray());
        return value;
    }
}
