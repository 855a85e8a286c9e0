using FastDeepIoT.Onnx.Format;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Reads a model without its long weights, which are fetched from the file whenever somebody looks at them. The parser gets the file with a
/// mark in the place of each of them, and all lengths around it shortened: a number of the wire format may take more bytes than it needs
/// (Protocol Buffers, Encoding), so that everything else stays where it is.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="scan">What was found in it.</param>
internal sealed class SparseReader(Stream stream, MessageScan scan)
{
    private readonly byte[] _mark = Guid.NewGuid().ToByteArray();

    /// <summary>The model; null when not all weights that were left out are where this code expects them, so that it has to be read as a whole.</summary>
    /// <param name="weights">Fetches what was left out.</param>
    internal ModelProto? Read(WeightFile weights)
    {
        var model = ModelProto.Parser.ParseFrom(Shortened());
        var found = new HashSet<int>();
        foreach (var tensor in model.Tensors())
            if (tensor.RawData.Length == Cut.MarkBytes && tensor.RawData.Span.StartsWith(_mark))
            {
                var index = BitConverter.ToInt32(tensor.RawData.Span[_mark.Length..]);
                var cut = scan.Cuts[index];
                tensor.RawData = DeferredBytes.Of(cut.Bytes, bytes => weights.Read(cut.Offset, bytes));
                found.Add(index);
            }

        return found.Count == scan.Cuts.Count ? model : null;
    }

    private byte[] Shortened()
    {
        var bytes = new byte[stream.Length - scan.Cuts.Sum(cut => (long)cut.Bytes - Cut.MarkBytes)];
        var (lengths, next, removed) = (scan.Lengths.OrderBy(length => length.Offset).ToList(), 0, 0L);
        for (var index = 0; index <= scan.Cuts.Count; index++)
        {
            var (from, to) = (stream.Position, index < scan.Cuts.Count ? scan.Cuts[index].Offset : stream.Length);
            stream.ReadExactly(bytes, (int)(from - removed), (int)(to - from));
            for (; next < lengths.Count && lengths[next].Offset < to; next++) Write(lengths[next], bytes.AsSpan((int)(lengths[next].Offset - removed)));
            if (index == scan.Cuts.Count) break;

            _mark.CopyTo(bytes, (int)(to - removed));
            BitConverter.TryWriteBytes(bytes.AsSpan((int)(to - removed) + _mark.Length), index);
            stream.Position = to + scan.Cuts[index].Bytes;
            removed += scan.Cuts[index].Bytes - Cut.MarkBytes;
        }

        return bytes;
    }

    // Seven bits a byte, the lowest first; all but the last say that another one follows.
    private static void Write(CutLength length, Span<byte> bytes)
    {
        var rest = length.Value;
        for (var at = 0; at < length.Width; at++, rest >>= 7) bytes[at] = (byte)((rest & 0x7F) | (at < length.Width - 1 ? 0x80L : 0));
    }
}
