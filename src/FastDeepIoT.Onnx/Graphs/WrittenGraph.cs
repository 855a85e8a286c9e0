using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Onnx;

/// <summary>
/// What the runtime made of a model, which it only tells by writing it to a file while it opens the model. When there is no room for that file, the
/// runtime refuses the model, with which nothing is wrong.
/// </summary>
internal static class WrittenGraph
{
    // Less than this finds a place on any disk that is not full.
    private const long FewestBytes = 1 << 16;

    /// <summary>Opens a session that writes what it made of the model to a path.</summary>
    /// <exception cref="InputException">FDI3010 and FDI3011 as of <see cref="Runtime.Open(byte[], SessionOptions, string?)"/>; FDI3009 when there is no room.</exception>
    internal static InferenceSession Open(byte[] model, SessionOptions options, string path, string? file)
    {
        options.OptimizedModelFilePath = path;
        try
        {
            return Runtime.Open(model, options, file);
        }
        catch (InputException e) when (!Disk.HasRoom(path, Math.Max(FewestBytes, model.Length)))
        {
            throw NoRoom(path, e);
        }
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="InputException">FDI3009 when there was no room for all of it.</exception>
    internal static ModelProto Read(string path)
    {
        try
        {
            return OnnxFile.ReadUnchecked(path);
        }
        catch (InputException e) when (!Disk.HasRoom(path, FewestBytes))
        {
            throw NoRoom(path, e);
        }
    }

    private static InputException NoRoom(string path, Exception cause) => new(DiagnosticCode.CannotWrite,
        "There is no room for temporary files. Check the space, or name another folder with the variable TMPDIR (TMP on Windows).", Path.GetDirectoryName(path), cause);
}
