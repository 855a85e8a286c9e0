using System.Buffers;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>Reads and writes ONNX files. Reading checks; writing appears whole or not at all.</summary>
public static class OnnxFile
{
    // A message cannot be longer: its length is a signed 32-bit number in every protobuf implementation.
    private const long LargestMessage = int.MaxValue;

    private const int LargestAtOnce = 1 << 20;

    // Weights take what they take in the file; names, nodes and shapes more. A file that asks for more than this is made for it.
    private const long MemoryPerByte = 10, MemoryOfSmallModels = 64 << 20;

    // Of the stream that writes a message: weights pass through it.
    private const int FewestBufferBytes = 1 << 12, MostBufferBytes = 1 << 20;

    /// <summary>
    /// Reads a model. Long weights stay in the file and are fetched from there whenever they are looked at, which fails with FDI3002 when the file is
    /// not the same any more.
    /// </summary>
    /// <exception cref="InputException">FDI3002 when there is no such file, FDI3003 when it is not an ONNX model.</exception>
    public static ModelProto Read(string path)
    {
        using var stream = Open(path);
        if (stream.Length > LargestMessage)
            throw NotOnnx(path, $"the file has {stream.Length} bytes; above 2 GB the weights must lie in external data files");
        var scan = Scan(stream, path);
        if (scan.EstimatedBytes > MemoryPerByte * stream.Length + MemoryOfSmallModels)
            throw NotOnnx(path, "it is made of empty parts that would take many times the file's size in memory");

        var model = Parse(stream, path, scan);
        if (model.Graph is null) throw NotOnnx(path, "it has no graph");
        if (model.Graph.Node.Count == 0) throw NotOnnx(path, "its graph has no nodes");
        if (model.OpsetImport.Count == 0) throw NotOnnx(path, "it does not say which operator set it uses");
        if (ModelChecks.Problem(model) is { } problem) throw NotOnnx(path, problem);
        ExternalData.Check(model, path);
        return model;
    }

    /// <summary>Reads a model the runtime wrote: nothing to check.</summary>
    public static ModelProto ReadUnchecked(string path)
    {
        using var stream = Open(path);
        return Parse(stream, path, scan: null);
    }

    /// <summary>Writes a model beside its destination and moves it into place.</summary>
    /// <exception cref="InputException">FDI3009 when the destination cannot be written.</exception>
    public static void Write(ModelProto model, string path) => WholeFile.Write(path, stream =>
    {
        using var coded = new CodedOutputStream(stream, Math.Clamp(model.CalculateSize(), FewestBufferBytes, MostBufferBytes), leaveOpen: true);
        DeferredBytes.Write(model, coded);
    });

    /// <summary>A model as the bytes of a file, long weights included: at most 2 GB, as <see cref="ExternalData.LargestModel"/> says.</summary>
    /// <exception cref="InputException">FDI3002 when long weights cannot be fetched from the file any more.</exception>
    public static byte[] BytesOf(ModelProto model)
    {
        var bytes = new byte[model.CalculateSize()];
        using var coded = new CodedOutputStream(bytes);
        DeferredBytes.Write(model, coded);
        return bytes;
    }

    /// <summary>Opens a model for reading.</summary>
    /// <exception cref="InputException">FDI3002 when it cannot be opened, FDI3003 when it is empty.</exception>
    internal static Stream Open(string path)
    {
        if (Disk.HasFolder(path))
            throw new InputException(DiagnosticCode.FileNotFound, "This is a folder; name the .onnx file in it.", path);
        try
        {
            // Looked at before it is opened: a pipe or a device has no length, and would never end.
            return Disk.Length(path) > 0 ? Disk.OpenRead(path, bufferBytes: 1 << 20) : throw NotOnnx(path, "the file is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }
    }

    private static MessageScan Scan(Stream stream, string path) => Guarded(path, () => MessageScan.Of(stream));

    private static ModelProto Parse(Stream stream, string path, MessageScan? scan) => Guarded(path, () =>
    {
        if (scan is { IsWhole: true, Cuts.Count: > 0 } && new SparseReader(stream, scan).Read(new WeightFile(path)) is { } model) return model;

        stream.Position = 0;
        return stream.Length <= LargestAtOnce ? ParseAtOnce(stream) : ModelProto.Parser.ParseFrom(stream);
    });

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidProtocolBufferException e)
        {
            throw NotOnnx(path, "it is truncated, or another format", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    // Piece by piece, a small model takes longer to read than to parse.
    private static ModelProto ParseAtOnce(Stream stream)
    {
        var bytes = ArrayPool<byte>.Shared.Rent((int)stream.Length);
        try
        {
            return ModelProto.Parser.ParseFrom(bytes, 0, stream.ReadAtLeast(bytes.AsSpan(0, (int)stream.Length), (int)stream.Length, throwOnEndOfStream: false));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static InputException Unreadable(string path, Exception cause) =>
        new(DiagnosticCode.FileNotFound, $"The model cannot be opened: {cause.Message} Check the path.", path, cause);

    private static InputException NotOnnx(string path, string reason, Exception? cause = null) => new(
        DiagnosticCode.NotOnnx, $"Not a readable ONNX model: {reason}. Expected a file as torch.onnx.export or tf2onnx write it.", path, cause);
}
