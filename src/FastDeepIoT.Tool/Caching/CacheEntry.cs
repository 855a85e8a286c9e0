using System.Security.Cryptography;
using System.Text;
using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool;

/// <summary>
/// One kept result in one file: format, line, report, file for the analyzer, whether the original is delivered, otherwise the model to the end; then the SHA-256
/// of all that, because a machine that lost power may have kept a file without its content.
/// </summary>
internal static class CacheEntry
{
    private const string Format = "fastdeepiot.cache/2";

    /// <summary>Writes an entry whole or not at all.</summary>
    /// <param name="path">The file of the entry.</param>
    /// <param name="result">What to keep.</param>
    /// <param name="delivered">The model that was delivered.</param>
    /// <exception cref="TimeModel.InputException">FDI3009 when it cannot be written.</exception>
    internal static void Write(string path, CachedResult result, string delivered) => WholeFile.Write(path, file =>
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(file, sha, CryptoStreamMode.Write, leaveOpen: true))
        {
            using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            {
                writer.Write(Format);
                writer.Write(result.Line);
                writer.Write(result.Report);
                writer.Write(result.Shapes);
                writer.Write(result.IsOriginal);
            }

            if (!result.IsOriginal)
            {
                using var model = Disk.OpenRead(delivered);
                model.CopyTo(stream);
            }
        }

        file.Write(sha.Hash);
    });

    /// <summary>Reads an entry and delivers its model.</summary>
    /// <param name="path">The file of the entry.</param>
    /// <param name="source">The original.</param>
    /// <param name="destination">Where the model goes.</param>
    /// <returns>What was kept; null when the file is not a whole entry.</returns>
    /// <exception cref="TimeModel.InputException">FDI3009 when the model cannot be delivered.</exception>
    internal static CachedResult? Deliver(string path, string source, string destination)
    {
        using var file = Disk.OpenRead(path, FileShare.Read | FileShare.Delete, bufferBytes: 1 << 20);
        var end = file.Length - SHA256.HashSizeInBytes;
        if (end <= 0 || !IsWhole(file, end)) return null;

        file.Position = 0;
        if (Head(file) is not { } result) return null;
        if (result.IsOriginal) Delivery.Copy(source, destination);
        else WholeFile.Write(destination, output => Copy(file, end - file.Position, output));
        return result;
    }

    // The sum only tells that it is as it was written; whoever can write into the folder may have written it.
    private static CachedResult? Head(Stream file)
    {
        try
        {
            using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
            return Text(reader) == Format ? new CachedResult(Text(reader), Text(reader), Text(reader), reader.ReadBoolean()) : null;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    // A length that is not true is no fault of the disk, as which the reader of texts would report it.
    private static string Text(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        return length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position ? Encoding.UTF8.GetString(reader.ReadBytes(length)) : throw new FormatException();
    }

    private static bool IsWhole(Stream file, long end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(file, end, hash.AppendData);
        var expected = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(expected);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(expected);
    }

    private static void Copy(Stream file, long count, Stream output) => Read(file, count, output.Write);

    private static void Read(Stream file, long count, Action<ReadOnlySpan<byte>> use)
    {
        var buffer = new byte[1 << 16];
        while (count > 0)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, count));
            file.ReadExactly(part);
            use(part);
            count -= part.Length;
        }
    }
}
