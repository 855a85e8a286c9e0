using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// Reads arrays as numpy.save and numpy.savez write them (NEP 1). Never runs anything in them: arrays of Python objects are refused. Sizes are
/// bounded before memory is taken.
/// </summary>
internal static partial class NumpyFile
{
    private const int LargestHeader = 1 << 16;
    private const int MostArrays = 1024;

    // Compressed data are a few times larger when unpacked, and what is small may be larger by any factor; more than that is made to fill memory.
    private const long LargestExpansion = 10, AlwaysAllowedBytes = 256 << 20;

    private static readonly Dictionary<string, NumpyType> Types = new()
    {
        ["b1"] = NumpyType.Boolean,
        ["u1"] = NumpyType.UInt8,
        ["i1"] = NumpyType.Int8,
        ["i2"] = NumpyType.Int16,
        ["u2"] = NumpyType.UInt16,
        ["i4"] = NumpyType.Int32,
        ["i8"] = NumpyType.Int64,
        ["f2"] = NumpyType.Float16,
        ["f4"] = NumpyType.Float32,
        ["f8"] = NumpyType.Float64,
    };

    /// <summary>The arrays of an .npz file, by name.</summary>
    internal static Dictionary<string, NumpyArray> ReadArchive(string path)
    {
        try
        {
            var budget = Math.Max(AlwaysAllowedBytes, LargestExpansion * Disk.Length(path));
            using var archive = new ZipArchive(Disk.OpenRead(path), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostArrays) throw CalibrationProblem.Of(path, "it holds more than 1024 arrays", "expected inputs and labels");

            var arrays = new Dictionary<string, NumpyArray>();
            foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)))
            {
                var (name, what) = (entry.FullName[..^4], $"array '{entry.FullName[..^4]}'");
                if ((budget -= entry.Length) < 0) throw CalibrationProblem.Of(path, "unpacked it is many times larger than packed", "save it with numpy.savez, which does not compress");

                using var stream = entry.Open();
                if (Read(stream, entry.Length, path, what) is { } array && !arrays.TryAdd(name, array))
                    throw CalibrationProblem.Of(path, $"it holds {what} twice", "save it anew");
            }

            return arrays;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw CalibrationProblem.Of(path, $"it is not a readable .npz file: {e.Message}", "expected a file as numpy.savez writes it", e);
        }
    }

    /// <summary>The array of an .npy file.</summary>
    internal static NumpyArray Read(string path)
    {
        try
        {
            var length = Disk.Length(path);
            using var stream = Disk.OpenRead(path);
            return Read(stream, length, path, "the array") ?? throw CalibrationProblem.Of(path, "it holds texts", "expected numbers");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CalibrationProblem.Of(path, $"it is not a readable .npy file: {e.Message}", "expected a file as numpy.save writes it", e);
        }
    }

    // Null for texts, such as the names of classes: they are no inputs, and nobody misses them.
    private static NumpyArray? Read(Stream stream, long available, string path, string what)
    {
        var start = Bytes(stream, 8);
        if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw CalibrationProblem.Of(path, $"{what} does not start as numpy.save writes it", "save it anew");

        var length = start[6] == 1 ? BitConverter.ToUInt16(Bytes(stream, 2)) : BitConverter.ToUInt32(Bytes(stream, 4));
        if (length > LargestHeader) throw CalibrationProblem.Of(path, $"{what} has a header of {length} bytes", "save it anew");

        var header = Encoding.UTF8.GetString(Bytes(stream, (int)length));
        if (Texts().IsMatch(header)) return null;

        var (type, shape) = Header(header, path, what);
        var bytes = ByteCount(type, shape, path, what);
        return bytes <= available
            ? new NumpyArray(type, shape, Bytes(stream, bytes))
            : throw CalibrationProblem.Of(path, $"{what} is said to have {bytes} bytes, more than there are", "save it anew");
    }

    private static (NumpyType Type, int[] Shape) Header(string header, string path, string what)
    {
        var (description, order, axes) = (Description().Match(header), Order().Match(header), Axes().Match(header));
        if (!description.Success || !order.Success || !axes.Success) throw CalibrationProblem.Of(path, $"the header of {what} is damaged", "save it anew");
        if (order.Groups[1].Value == "True") throw CalibrationProblem.Of(path, $"{what} is stored by columns", "save numpy.ascontiguousarray of it");

        var name = description.Groups[1].Value;
        if (name.StartsWith('>') || !Types.TryGetValue(name.TrimStart('<', '|', '='), out var type))
            throw CalibrationProblem.Of(path, $"{what} has elements of type '{name}'", "expected real numbers, integers or truth values, little-endian, and no Python objects");

        var sizes = axes.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return sizes.All(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? (type, sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray())
            : throw CalibrationProblem.Of(path, $"{what} has the shape ({axes.Groups[1].Value})", "expected sizes that are whole numbers");
    }

    private static int ByteCount(NumpyType type, int[] shape, string path, string what)
    {
        var bytes = shape.Aggregate((double)NumpyArray.ElementBytes(type), (product, size) => product * size);
        return bytes <= CalibrationProblem.LargestArrayBytes
            ? (int)bytes
            : throw CalibrationProblem.Of(path, $"{what} has {bytes.ToString("0", CultureInfo.InvariantCulture)} bytes", "expected at most 1 GiB; a thousand samples are plenty");
    }

    private static byte[] Bytes(Stream stream, int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [GeneratedRegex(@"'descr'\s*:\s*'[<>=|]?[US]\d")]
    private static partial Regex Texts();

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex Description();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex Axes();
}
