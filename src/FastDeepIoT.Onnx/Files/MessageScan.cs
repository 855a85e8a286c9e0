namespace FastDeepIoT.Onnx;

/// <summary>
/// Walks over the fields of a protobuf message without making anything of them, and estimates how many bytes of memory its objects would
/// take. Two bytes of a file can ask for an object of more than a hundred: who counts first cannot be made to run out of memory. Finds
/// the long weights on its way, which need not be read with the rest.
/// </summary>
internal sealed class MessageScan
{
    // Objects as the .NET implementation of protobuf makes them, in bytes, rounded up.
    private const long MessageBytes = 160, TextBytes = 32, NumberBytes = 16, BytesPerPackedByte = 10, BytesPerTextByte = 2;
    private const int DeepestNesting = 100; // as protobuf's own limit

    private const int LargestBuffer = 1 << 16;

    private readonly byte[] _buffer;
    private readonly Stream _stream;
    private readonly long _length;
    private long _start;
    private int _filled;
    private long _at;
    private long _cutBytes;

    private MessageScan(Stream stream) => (_stream, _length, _buffer) = (stream, stream.Length, new byte[Math.Min(LargestBuffer, stream.Length)]);

    /// <summary>The memory that parsing takes, in bytes; what is malformed ends the count, as it ends the parsing.</summary>
    internal long EstimatedBytes { get; private set; } = MessageBytes;

    /// <summary>Whether all of the file was understood.</summary>
    internal bool IsWhole { get; private set; }

    /// <summary>The weights that are long enough to be left out, in the order of the file.</summary>
    internal List<Cut> Cuts { get; } = [];

    /// <summary>What the lengths in the file become without them.</summary>
    internal List<CutLength> Lengths { get; } = [];

    /// <summary>Walks over a model.</summary>
    /// <param name="stream">The file; left at its beginning.</param>
    internal static MessageScan Of(Stream stream)
    {
        var scan = new MessageScan(stream);
        scan.IsWhole = scan.Message(MessageKind.Model, stream.Length, 0);
        stream.Position = 0;
        return scan;
    }

    private bool Message(MessageKind kind, long end, int depth)
    {
        if (depth > DeepestNesting) return false;

        while (_at < end)
        {
            if (!Number(end, out var tag)) return false;
            var at = _at;
            switch (tag & 7)
            {
                case 0 when Number(end, out _): EstimatedBytes += NumberBytes; break;
                case 1 when Skip(8, end): EstimatedBytes += NumberBytes; break;
                case 5 when Skip(4, end): EstimatedBytes += NumberBytes; break;
                case 3: EstimatedBytes += MessageBytes; break;
                case 4: break;
                case 2 when Number(end, out var length) && length <= (ulong)(end - _at):
                    if (!Field(kind, (int)Math.Min(tag >> 3, int.MaxValue), new CutLength(at, (int)(_at - at), (long)length), depth)) return false;
                    break;
                default: return false;
            }
        }

        return true;
    }

    private bool Field(MessageKind kind, int field, CutLength length, int depth)
    {
        if (kind.Message(field) is { } inner) return Inner(inner, length, depth);

        EstimatedBytes += kind.IsPacked(field) ? BytesPerPackedByte * length.Value : TextBytes + BytesPerTextByte * length.Value;
        if (kind.IsWeights(field) && length.Value >= DeferredBytes.Least) Add(new Cut(_at, (int)length.Value), length);
        return Skip(length.Value, _at + length.Value);
    }

    private bool Inner(MessageKind kind, CutLength length, int depth)
    {
        EstimatedBytes += MessageBytes;
        var before = _cutBytes;
        if (!Message(kind, _at + length.Value, depth + 1)) return false;

        if (_cutBytes > before) Lengths.Add(length with { Value = length.Value - (_cutBytes - before) });
        return true;
    }

    private void Add(Cut cut, CutLength length)
    {
        Cuts.Add(cut);
        Lengths.Add(length with { Value = Cut.MarkBytes });
        _cutBytes += cut.Bytes - Cut.MarkBytes;
    }

    private bool Skip(long count, long end)
    {
        if (count > end - _at) return false;
        _at += count;
        return true;
    }

    private bool Number(long end, out ulong number)
    {
        number = 0;
        for (var shift = 0; shift < 64 && _at < end; shift += 7)
        {
            if (Next() is not (>= 0 and var next)) return false;
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }

    private int Next()
    {
        if (_at < _start || _at >= _start + _filled)
        {
            if (_at >= _length) return -1;
            _stream.Position = _start = _at;
            _filled = _stream.Read(_buffer, 0, _buffer.Length);
            if (_filled <= 0) return -1;
        }

        return _buffer[(int)(_at++ - _start)];
    }
}
