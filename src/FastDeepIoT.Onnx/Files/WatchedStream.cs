namespace FastDeepIoT.Onnx;

/// <summary>A file whose reads and writes are announced (<see cref="Disk.Watch"/>). Only where somebody watches.</summary>
internal sealed class WatchedStream(FileStream file, Action<string> announce) : Stream
{
    public override bool CanRead => file.CanRead;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => file.CanWrite;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Flush()
    {
        announce("flush");
        file.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        announce("read");
        return file.Read(buffer, offset, count);
    }

    public override int Read(Span<byte> buffer)
    {
        announce("read");
        return file.Read(buffer);
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count)
    {
        announce("write");
        file.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        announce("write");
        file.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;

        try
        {
            if (file.CanWrite) announce("close");
        }
        finally
        {
            file.Dispose();
        }
    }
}
