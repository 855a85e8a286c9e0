using System.Globalization;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>Weights that lie in files beside a model (ONNX IR, external data).</summary>
public static class ExternalData
{
    /// <summary>Bytes that fit into one file: a message cannot be longer, and beside its weights a model needs some too.</summary>
    public const long LargestModel = int.MaxValue - (1 << 24);

    // Tied weights may be named more than once; that is no reason to make gigabytes of a small file.
    private const long MostUses = 8;

    // What no portable file name holds, and some runtimes give a meaning of their own.
    private static readonly char[] Unusual = ['*', '?', '"', '<', '>', '|', ':'];

    /// <summary>Whether any constant of a model, its subgraphs included, lies in another file.</summary>
    public static bool IsUsedBy(ModelProto model) => model.Tensors().Any(IsExternal);

    /// <summary>Bytes of all constants of a model, wherever they lie.</summary>
    public static long WeightBytes(ModelProto model) => model.Tensors().Sum(tensor => IsExternal(tensor) ? BytesOf(tensor) : OwnBytes(tensor));

    /// <summary>Bytes of the constants that lie in the model itself.</summary>
    public static long EmbeddedBytes(ModelProto model) => model.Tensors().Where(tensor => !IsExternal(tensor)).Sum(OwnBytes);

    /// <summary>A constant with its values in it.</summary>
    /// <param name="tensor">The constant; not changed.</param>
    /// <param name="file">The file its model came from.</param>
    /// <exception cref="InputException">FDI3002 when the weights are not there, FDI3003 when they lie outside the model's folder.</exception>
    public static TensorProto Load(TensorProto tensor, string? file)
    {
        if (!IsExternal(tensor) || file is null) return tensor;

        var loaded = tensor.Clone();
        Embed(loaded, file, []);
        return loaded;
    }

    /// <summary>A copy of a model with all weights in it.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: weights are looked for in its folder, and nowhere else.</param>
    /// <exception cref="InputException">
    /// FDI3002 when weights cannot be read, FDI3003 when they lie outside the model's folder or the whole has 2 GB or more, which one file
    /// cannot hold.
    /// </exception>
    public static ModelProto Embed(ModelProto model, string file)
    {
        if (WeightBytes(model) is > LargestModel and var bytes)
            throw new InputException(DiagnosticCode.NotOnnx,
                $"The model has {bytes} bytes of weights; only below 2 GB they fit into one file. Keep it out of the OnnxModel items and ship it as content, or use a smaller model.", file);

        Check(model, file);
        var copy = model.Clone();
        var read = new Dictionary<(string, long, long), ByteString>();
        foreach (var tensor in copy.Tensors().Where(IsExternal)) Embed(tensor, file, read);
        return copy;
    }

    /// <summary>
    /// Writes a model whose weights do not fit into one file: all that are larger than a few numbers go into a second one beside it, named as
    /// the model with <c>.data</c> behind.
    /// </summary>
    /// <param name="model">The model; not changed. What lies in other files is copied from there.</param>
    /// <param name="source">The file it came from.</param>
    /// <param name="destination">Where to write it.</param>
    /// <exception cref="InputException">FDI3009 when it cannot be written, or would overwrite weights of the original; else as <see cref="Load"/>.</exception>
    public static void Write(ModelProto model, string source, string destination) => ExternalDataWriter.Write(model, source, destination);

    /// <summary>The files beside a model that hold its weights, each once, in order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file it came from.</param>
    /// <exception cref="InputException">FDI3003 when they lie outside the model's folder.</exception>
    public static IReadOnlyList<string> FilesOf(ModelProto model, string file) =>
        [.. model.Tensors().Where(IsExternal).Select(LocationOf).Distinct().Select(location => PathOf(location, file)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Makes sure that the weights of a model lie where it says, in its own folder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file it came from.</param>
    /// <exception cref="InputException">FDI3002 when they are not there, FDI3003 when they lie elsewhere or are shorter than said.</exception>
    public static void Check(ModelProto model, string file)
    {
        var lengths = new Dictionary<string, long>();
        var total = 0L;
        foreach (var tensor in model.Tensors().Where(IsExternal))
        {
            var path = PathOf(LocationOf(tensor), file);
            if (!lengths.TryGetValue(path, out var length)) lengths[path] = length = LengthOf(path, file);
            total += Place(tensor, path, length, file).Bytes;
        }

        if (total > MostUses * (lengths.Values.Sum() + model.CalculateSize()))
            throw new InputException(DiagnosticCode.NotOnnx,
                $"The model's weights are said to have {total} bytes, and the files that hold them have {lengths.Values.Sum()}. Export the model anew.", file);
    }

    /// <summary>What is wrong with where a tensor is said to lie, as a clause; null when nothing is.</summary>
    internal static string? LocationProblem(TensorProto tensor)
    {
        var location = LocationOf(tensor);
        if (ElementSize.BitsOf(tensor.DataType) is null) return $"the weights '{tensor.Name}' are of type {tensor.DataType}, which cannot lie in another file";
        if (location.Length == 0) return $"the weights '{tensor.Name}' are in a file without a name";
        if (location.Any(char.IsControl)) return $"the weights '{tensor.Name}' are in a file whose name holds a null or another control character";
        if (location.IndexOfAny(Unusual) >= 0) return $"the weights '{tensor.Name}' are in a file whose name holds one of {string.Join(' ', Unusual)}";
        return Path.IsPathRooted(location) || location.Split('/', '\\').Contains("..")
            ? $"the weights '{tensor.Name}' point outside the model's folder, to '{location}'; put them beside the model"
            : null;
    }

    internal static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;

    /// <summary>Opens the file that holds some weights, at the place where they start, and tells how many bytes they have.</summary>
    internal static Stream Open(TensorProto tensor, string file, out long bytes)
    {
        var path = PathOf(LocationOf(tensor), file);
        try
        {
            (var offset, bytes) = Place(tensor, path, LengthOf(path, file), file);
            var stream = Disk.OpenRead(path);
            stream.Seek(offset, SeekOrigin.Begin);
            return stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, file, e);
        }
    }

    // Tensors of the same place are read once.
    private static void Embed(TensorProto tensor, string file, Dictionary<(string, long, long), ByteString> known)
    {
        var key = (LocationOf(tensor), Number(tensor, "offset", file) ?? 0, BytesOf(tensor));
        if (!known.TryGetValue(key, out var values)) known[key] = values = key.Item3 is >= DeferredBytes.Least and <= int.MaxValue ? Deferred(tensor, file) : Read(tensor, file);
        tensor.RawData = values;
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
    }

    // Long weights stay where they are until somebody looks at them.
    private static ByteString Deferred(TensorProto tensor, string file)
    {
        var path = PathOf(LocationOf(tensor), file);
        try
        {
            var (offset, bytes) = Place(tensor, path, LengthOf(path, file), file);
            var weights = new WeightFile(path);
            return DeferredBytes.Of((int)bytes, content => weights.Read(offset, content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, file, e);
        }
    }

    private static ByteString Read(TensorProto tensor, string file)
    {
        using var stream = Open(tensor, file, out var bytes);
        try
        {
            var content = new byte[bytes];
            stream.ReadExactly(content);
            return UnsafeByteOperations.UnsafeWrap(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(PathOf(LocationOf(tensor), file), file, e);
        }
    }

    // Counted when the model was read: neither overflow nor an unknown type comes this far.
    private static long BytesOf(TensorProto tensor) =>
        (tensor.Dims.Aggregate(1L, (product, size) => product * size) * (ElementSize.BitsOf(tensor.DataType) ?? 0) + 7) / 8;

    private static long OwnBytes(TensorProto tensor) =>
        tensor.RawData.Length + sizeof(float) * (long)tensor.FloatData.Count + sizeof(double) * (long)tensor.DoubleData.Count
        + sizeof(int) * (long)tensor.Int32Data.Count + sizeof(long) * ((long)tensor.Int64Data.Count + tensor.Uint64Data.Count);

    private static string LocationOf(TensorProto tensor) => Entry(tensor, "location") ?? "";

    private static string PathOf(string location, string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var path = Path.GetFullPath(Path.Combine(folder, location));
        if (!IsBelow(path, folder)) throw Outside(location, file);
        return path;
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static InputException Outside(string location, string file) => new(DiagnosticCode.NotOnnx,
        $"The model's weights '{location}' lie outside its folder. Put the file itself beside the model, not a link to it.", file);

    private static long LengthOf(string path, string file)
    {
        try
        {
            if (LeadsOutside(path, Path.GetDirectoryName(Path.GetFullPath(file))!)) throw Outside(Path.GetFileName(path), file);
            return Disk.Length(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, file, e);
        }
    }

    // A link may lie anywhere on the way from the model's folder to the file.
    private static bool LeadsOutside(string path, string folder)
    {
        for (var at = path; IsBelow(at, folder); at = Path.GetDirectoryName(at)!)
        {
            FileSystemInfo entry = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (entry.ResolveLinkTarget(returnFinalTarget: true) is { } target && !IsBelow(target.FullName, folder)) return true;
        }

        return false;
    }

    // Where a tensor starts and how long it is.
    private static (long Offset, long Bytes) Place(TensorProto tensor, string path, long available, string file)
    {
        var (offset, bytes) = (Number(tensor, "offset", file) ?? 0, BytesOf(tensor));
        if (Number(tensor, "length", file) is { } length && length != bytes)
            throw new InputException(DiagnosticCode.NotOnnx, $"The weights '{tensor.Name}' take {bytes} bytes and {length} are given for them. Export the model anew.", file);
        return bytes <= available - offset ? (offset, bytes) : throw new InputException(DiagnosticCode.NotOnnx,
            $"The weights '{tensor.Name}' take {bytes} bytes from {offset} on in '{path}', which has {available}. Fetch the file again.", file);
    }

    private static InputException Unreadable(string path, string file, Exception e) =>
        new(DiagnosticCode.FileNotFound, $"The model's weights cannot be read from '{path}': {e.Message.TrimEnd('.')}. Put all files of the model into one folder.", file, e);

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key, string file) => Entry(tensor, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InputException(DiagnosticCode.NotOnnx, $"The weights '{tensor.Name}' have the {key} '{text}', which is no count of bytes. Export the model anew.", file);
}
