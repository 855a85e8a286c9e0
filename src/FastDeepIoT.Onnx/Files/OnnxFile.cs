using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>Reads and writes ONNX files. Reading checks; writing appears whole or not at all.</summary>
public static class OnnxFile
{
    // A message cannot be longer: its length is a signed 32-bit number in every protobuf implementation.
    private const long LargestMessage = int.MaxValue;

    /// <summary>Reads a model.</summary>
    /// <exception cref="InputException">FDI3002 when there is no such file, FDI3003 when it is not an ONNX model.</exception>
    public static ModelProto Read(string path)
    {
        using var stream = Open(path);
        if (stream.Length == 0) throw NotOnnx(path, "the file is empty");
        if (stream.Length > LargestMessage)
            throw NotOnnx(path, $"the file has {stream.Length} bytes; above 2 GB the weights must lie in external data files");

        var model = Parse(stream, path);
        if (model.Graph is null) throw NotOnnx(path, "it has no graph");
        if (model.Graph.Node.Count == 0) throw NotOnnx(path, "its graph has no nodes");
        if (model.OpsetImport.Count == 0) throw NotOnnx(path, "it does not say which operator set it uses");
        return model;
    }

    /// <summary>Reads a model the runtime wrote: nothing to check.</summary>
    public static ModelProto ReadUnchecked(string path)
    {
        using var stream = Open(path);
        return Parse(stream, path);
    }

    /// <summary>Writes a model beside its destination and moves it into place.</summary>
    /// <exception cref="InputException">FDI3009 when the destination cannot be written.</exception>
    public static void Write(ModelProto model, string path) => WholeFile.Write(path, model.WriteTo);

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new InputException(DiagnosticCode.FileNotFound, "This is a folder; name the .onnx file in it.", path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(DiagnosticCode.FileNotFound, $"The model cannot be opened: {e.Message} Check the path.", path, e);
        }
    }

    private static ModelProto Parse(Stream stream, string path)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw NotOnnx(path, "it is truncated, or another format", e);
        }
    }

    private static InputException NotOnnx(string path, string reason, Exception? cause = null) => new(
        DiagnosticCode.NotOnnx, $"Not a readable ONNX model: {reason}. Expected a file as torch.onnx.export or tf2onnx write it.", path, cause);
}
