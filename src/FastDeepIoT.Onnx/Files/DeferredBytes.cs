using System.Buffers;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Bytes that are made when somebody looks at them, and forgotten when memory is wanted: the weights of a large model are not held
/// while nobody reads them. Whoever holds a span of them keeps them.
/// </summary>
internal sealed class DeferredBytes : MemoryManager<byte>
{
    /// <summary>What has fewer bytes costs less to hold than to make again.</summary>
    internal const int Least = 1 << 18;

    [ThreadStatic]
    private static Passage? _passage;

    private readonly int _length;
    private readonly Fill _fill;
    private readonly WeakReference<byte[]?> _made = new(null);

    private DeferredBytes(int length, Fill fill) => (_length, _fill) = (length, fill);

    /// <summary>Writes the bytes, all of them and the same ones each time.</summary>
    internal delegate void Fill(Span<byte> bytes);

    /// <inheritdoc/>
    public override Memory<byte> Memory => CreateMemory(_length);

    /// <summary>Bytes as a message holds them.</summary>
    /// <param name="length">How many there are.</param>
    /// <param name="fill">Makes them.</param>
    internal static ByteString Of(int length, Fill fill) => UnsafeByteOperations.UnsafeWrap(new DeferredBytes(length, fill).Memory);

    /// <summary>Writes a message; its deferred bytes are made one after another in the same place.</summary>
    internal static void Write(IMessage message, CodedOutputStream output)
    {
        // The stream is done with the bytes of one field when it asks for the next.
        using var passage = new Passage();
        _passage = passage;
        try
        {
            message.WriteTo(output);
        }
        finally
        {
            _passage = null;
        }
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        if (_made.TryGetTarget(out var made)) return made;
        if (_passage is { } passage) return passage.Make(this);

        made = GC.AllocateUninitializedArray<byte>(_length);
        _fill(made);
        _made.SetTarget(made);
        return made;
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new Memory<byte>(GetSpan().ToArray())[elementIndex..].Pin();

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    /// <summary>Bytes of a message for as long as somebody works with them; memory is used again for the next ones.</summary>
    internal readonly ref struct Look : IDisposable
    {
        private readonly byte[]? _rented;

        internal Look(ByteString bytes)
        {
            if (!System.Runtime.InteropServices.MemoryMarshal.TryGetMemoryManager<byte, DeferredBytes>(bytes.Memory, out var deferred)
                || deferred._made.TryGetTarget(out _))
            {
                Span = bytes.Span;
                return;
            }

            _rented = ArrayPool<byte>.Shared.Rent(deferred._length);
            var made = _rented.AsSpan(0, deferred._length);
            deferred._fill(made);
            Span = made;
        }

        /// <summary>The bytes.</summary>
        internal ReadOnlySpan<byte> Span { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        }
    }

    private sealed class Passage : IDisposable
    {
        private byte[] _bytes = [];

        public void Dispose()
        {
            if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        }

        internal Span<byte> Make(DeferredBytes bytes)
        {
            if (_bytes.Length < bytes._length)
            {
                Dispose();
                _bytes = ArrayPool<byte>.Shared.Rent(bytes._length);
            }

            var made = _bytes.AsSpan(0, bytes._length);
            bytes._fill(made);
            return made;
        }
    }
}
