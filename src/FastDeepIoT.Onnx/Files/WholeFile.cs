using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>Files that appear whole or not at all: written under a temporary name beside their destination, then moved.</summary>
public static class WholeFile
{
    /// <summary>Writes a text as UTF-8.</summary>
    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    public static void Write(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });

    /// <summary>Writes whatever <paramref name="write"/> puts into the stream.</summary>
    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Disk.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = Disk.CreateNew(temporary)) write(stream);
            Disk.Move(temporary, path);
        }
        catch (Exception e)
        {
            Disk.TryDelete(temporary);
            if (e is not (IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)) throw;

            throw new InputException(DiagnosticCode.CannotWrite, $"The output cannot be written: {e.Message} Check folder, rights and space.", path, e);
        }
    }
}
