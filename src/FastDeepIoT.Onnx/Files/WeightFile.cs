using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>A file whose weights are fetched when they are needed, as long as it stays the file it was.</summary>
internal sealed class WeightFile
{
    private readonly string _path;
    private readonly string _name;
    private readonly (long Bytes, DateTime Written) _stamp;

    /// <summary>Notes what the file is like now.</summary>
    internal WeightFile(string path) => (_path, _name, _stamp) = (Path.GetFullPath(path), path, Disk.Stamp(path));

    /// <summary>Fetches some bytes.</summary>
    /// <exception cref="InputException">FDI3002 when the file cannot be read any more, or was changed meanwhile.</exception>
    internal void Read(long offset, Span<byte> bytes)
    {
        try
        {
            using var stream = Disk.OpenRead(_path, bufferBytes: 0);
            if (Disk.Stamp(_path) != _stamp) throw new InputException(DiagnosticCode.FileNotFound, "The model was changed while it was in use. Run again.", _name);

            stream.Position = offset;
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(DiagnosticCode.FileNotFound, $"The model's weights cannot be read any more: {e.Message} Leave the file where it is, and run again.", _name, e);
        }
    }
}
