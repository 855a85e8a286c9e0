using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Samples;

/// <summary>Reads text files of bounded size.</summary>
internal static class TextFile
{
    private const long LargestFile = 512L * 1024 * 1024;

    /// <exception cref="InputException">FDI3002 when there is no such file or it is too large to be ours.</exception>
    internal static IReadOnlyList<string> ReadLines(string path)
    {
        try
        {
            if (Disk.Length(path) > LargestFile)
                throw new InputException(DiagnosticCode.SamplesUnreadable, $"The file is larger than {LargestFile} bytes; samples never are.", path);
            using var reader = new StreamReader(Disk.OpenRead(path));
            var lines = new List<string>();
            while (reader.ReadLine() is { } line) lines.Add(line);
            return lines;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(DiagnosticCode.FileNotFound, $"The file cannot be read: {e.Message} Check the path.", path, e);
        }
    }
}
