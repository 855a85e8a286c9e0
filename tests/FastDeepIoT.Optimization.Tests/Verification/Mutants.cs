using System.Runtime.InteropServices;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization.Tests.Verification;

/// <summary>A rewritten model with one mistake in it, as a wrong rewrite would make.</summary>
/// <param name="Operator">The operator whose constant is wrong.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Model">The model.</param>
internal sealed record Mutant(string Operator, string What, ModelProto Model);

/// <summary>Breaks rewrites on purpose: every constant that a rewrite made anew gets a mistake, each in a model of its own.</summary>
internal static class Mutants
{
    /// <summary>The mutants of a rewritten model.</summary>
    internal static IEnumerable<Mutant> Of(ModelProto original, ModelProto rewritten)
    {
        var before = Places(original.Graph).Select(place => place.Graph.Initializer[place.Index]).DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name);
        foreach (var ((graph, index), place) in Places(rewritten.Graph).Select((at, place) => (at, place)))
        {
            var tensor = graph.Initializer[index];
            if (before.TryGetValue(tensor.Name, out var old) && old.Equals(tensor)) continue;

            var reader = Nodes(rewritten.Graph).First(node => node.Input.Contains(tensor.Name)).OpType;
            foreach (var (what, changed) in Of(tensor, old))
            {
                var model = rewritten.Clone();
                var (at, there) = Places(model.Graph).ElementAt(place);
                at.Initializer[there] = changed;
                yield return new Mutant(reader, $"{tensor.Name} [{string.Join(", ", tensor.Dims)}] {what}", model);
            }
        }
    }

    // Every constant of the graph and those within it.
    private static IEnumerable<(GraphProto Graph, int Index)> Places(GraphProto graph) =>
        Enumerable.Range(0, graph.Initializer.Count).Select(index => (graph, index)).Concat(Inner(graph).SelectMany(Places));

    private static IEnumerable<NodeProto> Nodes(GraphProto graph) => graph.Node.Concat(Inner(graph).SelectMany(Nodes));

    private static IEnumerable<GraphProto> Inner(GraphProto graph) =>
        graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.G is not null).Select(attribute => attribute.G);

    private static IEnumerable<(string, TensorProto)> Of(TensorProto tensor, TensorProto? old) => (DataType)tensor.DataType switch
    {
        DataType.Int64 => [("says a size that is off by one", Changed<long>(tensor, values => values[FirstChanged(values, old)]++))],
        DataType.Float when old is not null && old.Dims.SequenceEqual(tensor.Dims) => OfValues(tensor, old),
        DataType.Float => OfWeights(tensor, old),
        _ => [],
    };

    private static IEnumerable<(string, TensorProto)> OfWeights(TensorProto tensor, TensorProto? old)
    {
        if (old is not null && old.Dims.Count == tensor.Dims.Count) yield return ("was not resized", Named(old, tensor.Name));
        for (var axis = 0; axis < tensor.Dims.Count; axis++)
        {
            if (old is not null && old.Dims[axis] == tensor.Dims[axis]) continue;

            var at = axis;
            if (tensor.Dims[axis] > 1) yield return ($"is shifted by one along axis {axis}", Changed<float>(tensor, values => Shift(values, tensor, at)));
            yield return ($"has lost a channel of axis {axis}", Changed<float>(tensor, values => Scale(values, tensor, at, 0)));
            yield return ($"is wrong by 1% in a channel of axis {axis}", Changed<float>(tensor, values => Scale(values, tensor, at, 1.01f)));
        }
    }

    // Of weights that kept their size: what was taken out stays, what was added is not right, or more went than should.
    private static IEnumerable<(string, TensorProto)> OfValues(TensorProto tensor, TensorProto old)
    {
        var (before, after) = (MemoryMarshal.Cast<byte, float>(old.RawData.Span).ToArray(), MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray());
        var changed = Enumerable.Range(0, after.Length).Where(at => after[at] != before[at]).ToList();
        var added = changed.Where(at => after[at] != 0).ToList();
        if (changed.All(at => float.IsSubnormal(before[at])))
            return [("is wrong by 1% in a channel of axis 0", Changed<float>(tensor, values => Scale(values, tensor, 0, 1.01f)))];
        if (added.Count == 0) return [("was not emptied", Named(old, tensor.Name))];

        return
        [
            ("has not got what was taken from elsewhere", Changed<float>(tensor, values => added.ForEach(at => values[at] = before[at]))),
            ("got 1% too much of all that was changed", Changed<float>(tensor, values => added.ForEach(at => values[at] *= 1.01f))),
        ];
    }

    private static int FirstChanged(long[] values, TensorProto? old)
    {
        var before = old is null ? [] : MemoryMarshal.Cast<byte, long>(old.RawData.Span).ToArray();
        return Math.Max(0, Array.FindIndex(values, value => before.Length != values.Length || value != before[Array.IndexOf(values, value)]));
    }

    private static TensorProto Named(TensorProto tensor, string name)
    {
        var copy = tensor.Clone();
        copy.Name = name;
        return copy;
    }

    private static TensorProto Changed<T>(TensorProto tensor, Action<T[]> change) where T : unmanaged
    {
        var (copy, values) = (tensor.Clone(), MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray());
        change(values);
        copy.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        return copy;
    }

    private static void Shift(float[] values, TensorProto tensor, int axis)
    {
        var (size, old) = ((int)tensor.Dims[axis], values.ToArray());
        for (var at = 0; at < values.Length; at++) values[at] = old[At(tensor, axis, at, (Position(tensor, axis, at) + size - 1) % size)];
    }

    // The first channel with something in it.
    private static void Scale(float[] values, TensorProto tensor, int axis, float factor)
    {
        var channel = Position(tensor, axis, Array.FindIndex(values, value => value != 0));
        for (var at = 0; at < values.Length; at++)
            if (Position(tensor, axis, at) == channel) values[at] *= factor;
    }

    private static int Inner(TensorProto tensor, int axis) => (int)tensor.Dims.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);

    private static int Position(TensorProto tensor, int axis, int at) => at / Inner(tensor, axis) % (int)tensor.Dims[axis];

    private static int At(TensorProto tensor, int axis, int at, int position) => at + (position - Position(tensor, axis, at)) * Inner(tensor, axis);
}
