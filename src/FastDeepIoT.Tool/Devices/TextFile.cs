using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Reads small text files that anybody may have written.</summary>
internal static class TextFile
{
    /// <summary>The text of a file; of a larger one only as much as shows that it is too large.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="largest">The most characters a reasonable one has.</param>
    /// <exception cref="InputException">FDI3002 when it cannot be opened.</exception>
    internal static string Read(string path, string what, int largest)
    {
        if (Disk.HasFolder(path))
            throw new InputException(DiagnosticCode.FileNotFound, $"This is a folder; name the {what} file in it.", path);
        try
        {
            // Looked at before it is opened: a pipe or a device has no length, and would never end.
            var length = Disk.Length(path);
            if (length == 0) return "";

            using var reader = new StreamReader(Disk.OpenRead(path));
            var text = new char[(int)Math.Min(largest + 1L, length + 1)];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(DiagnosticCode.FileNotFound, $"The {what} cannot be opened: {e.Message} Check the path.", path, e);
        }
    }
}
