namespace FastDeepIoT.Onnx;

/// <summary>
/// Walks over the fields of a protobuf message without making anything of them, and estimates how many bytes of memory its objects would
/// take. Two bytes of a file can ask for an object of more than a hundred: who counts first cannot be made to run out of memory.
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

    private MessageScan(Stream stream) => (_stream, _length, _buffer) = (stream, stream.Length, new byte[Math.Min(LargestBuffer, stream.Length)]);

    /// <summary>Estimates the memory that parsing a model takes; what is malformed ends the count, as it ends the parsing.</summary>
    /// <param name="stream">The file; left at its beginning.</param>
    internal static long EstimateBytes(Stream stream)
    {
        var scan = new MessageScan(stream);
        var bytes = MessageBytes;
        scan.Message(MessageKind.Model, stream.Length, 0, ref bytes);
        stream.Position = 0;
        return bytes;
    }

    private bool Message(MessageKind kind, long end, int depth, ref long bytes)
    {
        if (depth > DeepestNesting) return false;

        while (_at < end)
        {
            if (!Number(end, out var tag)) return false;
            switch (tag & 7)
            {
                case 0 when Number(end, out _): bytes += NumberBytes; break;
                case 1 when Skip(8, end): bytes += NumberBytes; break;
                case 5 when Skip(4, end): bytes += NumberBytes; break;
                case 3: bytes += MessageBytes; break;
                case 4: break;
                case 2 when Number(end, out var length) && length <= (ulong)(end - _at):
                    if (!Field(kind, (int)Math.Min(tag >> 3, int.MaxValue), (long)length, depth, ref bytes)) return false;
                    break;
                default: return false;
            }
        }

        return true;
    }

    private bool Field(MessageKind kind, int field, long length, int depth, ref long bytes)
    {
        if (kind.Message(field) is { } inner)
        {
            bytes += MessageBytes;
            return Message(inner, _at + length, depth + 1, ref bytes);
        }

        bytes += kind.IsPacked(field) ? BytesPerPackedByte * length : TextBytes + BytesPerTextByte * length;
        return Skip(length, _at + length);
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
