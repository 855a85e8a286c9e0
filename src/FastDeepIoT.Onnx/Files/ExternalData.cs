using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>Weights that lie in files beside a model (ONNX IR, external data).</summary>
public static class ExternalData
{
    // A bias or a shape stays in the model, where shape inference finds it.
    private const int LargestInline = 8192;

    private const int Alignment = 4096;

    /// <summary>Whether any constant of a model, its subgraphs included, lies in another file.</summary>
    public static bool IsUsedBy(ModelProto model) => Tensors(model.Graph).Any(IsExternal);

    /// <summary>Bytes that fit into one file: a message cannot be longer, and beside its weights a model needs some too.</summary>
    public const long LargestModel = int.MaxValue - (1 << 24);

    /// <summary>Bytes of all constants of a model, wherever they lie.</summary>
    public static long WeightBytes(ModelProto model) => Tensors(model.Graph).Sum(tensor => IsExternal(tensor) ? BytesOf(tensor) : OwnBytes(tensor));

    /// <summary>Bytes of the constants that lie in the model itself.</summary>
    public static long EmbeddedBytes(ModelProto model) => Tensors(model.Graph).Where(tensor => !IsExternal(tensor)).Sum(OwnBytes);

    /// <summary>A constant with its values in it.</summary>
    /// <param name="tensor">The constant; not changed.</param>
    /// <param name="file">The file its model came from.</param>
    /// <exception cref="InputException">FDI3002 when the weights are not there, FDI3003 when they lie outside the model's folder.</exception>
    public static TensorProto Load(TensorProto tensor, string? file)
    {
        if (!IsExternal(tensor) || file is null) return tensor;

        var loaded = tensor.Clone();
        Embed(loaded, file);
        return loaded;
    }

    /// <summary>
    /// Writes a model whose weights do not fit into one file: all that are larger than a few numbers go into a second one beside it, named as
    /// the model with <c>.data</c> behind.
    /// </summary>
    /// <param name="model">The model; not changed. What lies in other files is copied from there.</param>
    /// <param name="source">The file it came from.</param>
    /// <param name="destination">Where to write it.</param>
    /// <exception cref="InputException">FDI3009 when it cannot be written, or would overwrite weights of the original; else as <see cref="Load"/>.</exception>
    public static void Write(ModelProto model, string source, string destination)
    {
        var data = Path.GetFullPath(destination) + ".data";
        if (FilesOf(model, source).Contains(data))
            throw new InputException(DiagnosticCode.CannotWrite, "The output's weights would overwrite those of the original. Name another file or folder.", destination);

        var copy = model.Clone();
        WholeFile.Write(data, stream =>
        {
            foreach (var tensor in Tensors(copy.Graph).Where(tensor => IsExternal(tensor) || tensor.RawData.Length > LargestInline)) Move(tensor, source, stream, Path.GetFileName(data));
        });
        try
        {
            OnnxFile.Write(copy, destination);
        }
        catch
        {
            File.Delete(data);
            throw;
        }
    }

    /// <summary>A copy of a model with all weights in it.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: weights are looked for in its folder, and nowhere else.</param>
    /// <exception cref="InputException">
    /// FDI3002 when the weights are not there, FDI3003 when they lie outside the folder or do not fit into one file.
    /// </exception>
    public static ModelProto Embed(ModelProto model, string file)
    {
        var copy = model.Clone();
        if (WeightBytes(copy) is > LargestModel and var bytes)
            throw new InputException(DiagnosticCode.NotOnnx, $"The model has {bytes} bytes of weights; only below 2 GB they fit into one file.", file);

        foreach (var tensor in Tensors(copy.Graph).Where(IsExternal)) Embed(tensor, file);
        return copy;
    }

    /// <summary>Makes sure that the weights of a model that lie in other files are there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file it came from.</param>
    /// <exception cref="InputException">FDI3002 when they are not, FDI3003 when they lie outside the model's folder.</exception>
    public static void Check(ModelProto model, string file)
    {
        foreach (var tensor in Tensors(model.Graph).Where(IsExternal)) Open(tensor, file).Dispose();
    }

    /// <summary>The files beside a model that hold its weights, each once, in order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file it came from.</param>
    /// <exception cref="InputException">FDI3003 when they lie outside the model's folder.</exception>
    public static IReadOnlyList<string> FilesOf(ModelProto model, string file) =>
        [.. Tensors(model.Graph).Where(IsExternal).Select(tensor => PathOf(tensor, file)).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;

    private static long BytesOf(TensorProto tensor) =>
        tensor.Dims.Aggregate((long)ElementSize.Of((TensorProto.Types.DataType)tensor.DataType), (bytes, size) => bytes * size);

    private static long OwnBytes(TensorProto tensor) =>
        tensor.RawData.Length + sizeof(float) * (long)tensor.FloatData.Count + sizeof(double) * (long)tensor.DoubleData.Count
        + sizeof(int) * (long)tensor.Int32Data.Count + sizeof(long) * ((long)tensor.Int64Data.Count + tensor.Uint64Data.Count);

    private static string PathOf(TensorProto tensor, string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var location = Entry(tensor, "location") ?? "";
        if (location.Contains('\0'))
            throw new InputException(DiagnosticCode.NotOnnx, $"The weights '{tensor.Name}' are in a file whose name holds a null character. Export the model anew.", file);

        var path = Path.GetFullPath(Path.Combine(folder, location));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InputException(DiagnosticCode.NotOnnx, $"The weights '{tensor.Name}' point outside the model's folder. Put them beside the model.", file);
        return path;
    }

    private static void Embed(TensorProto tensor, string file)
    {
        tensor.RawData = Read(tensor, file);
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
    }

    // Aligned to pages, so that a runtime can map them into memory.
    private static void Move(TensorProto tensor, string source, Stream data, string location)
    {
        while (data.Position % Alignment != 0) data.WriteByte(0);
        var offset = data.Position;
        if (IsExternal(tensor))
        {
            using var part = Open(tensor, source);
            Copy(part, data);
        }
        else tensor.RawData.WriteTo(data);

        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Clear();
        foreach (var (key, value) in new[] { ("location", location), ("offset", Text(offset)), ("length", Text(data.Position - offset)) })
            tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
    }

    private static void Copy(FilePart part, Stream data)
    {
        var buffer = new byte[Math.Min(part.Length, 1 << 20)];
        for (var left = part.Length; left > 0; left -= buffer.Length)
        {
            if (left < buffer.Length) buffer = new byte[left];
            part.Stream.ReadExactly(buffer);
            data.Write(buffer);
        }
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ByteString Read(TensorProto tensor, string file)
    {
        using var part = Open(tensor, file);
        try
        {
            var bytes = new byte[part.Length];
            part.Stream.ReadExactly(bytes);
            return UnsafeByteOperations.UnsafeWrap(bytes);
        }
        catch (Exception e) when (e is IOException or OverflowException)
        {
            throw CannotRead(tensor, file, e);
        }
    }

    // The file that holds some weights, at the place where they start.
    private static FilePart Open(TensorProto tensor, string file)
    {
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(PathOf(tensor, file));
            var (offset, length) = (Number(tensor, "offset") ?? 0, Number(tensor, "length") ?? BytesOf(tensor));
            if (length < 0 || length > stream.Length - offset) throw new EndOfStreamException($"it has {stream.Length} bytes, {length} are said to start at {offset}");

            stream.Seek(offset, SeekOrigin.Begin);
            return new FilePart(stream, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            stream?.Dispose();
            throw CannotRead(tensor, file, e);
        }
    }

    private static InputException CannotRead(TensorProto tensor, string file, Exception e) => new(
        DiagnosticCode.FileNotFound, $"The weights '{tensor.Name}' cannot be read from '{PathOf(tensor, file)}': {e.Message}", file, e);

    private sealed record FilePart(FileStream Stream, long Length) : IDisposable
    {
        public void Dispose() => Stream.Dispose();
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key) =>
        long.TryParse(Entry(tensor, key), System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) => graph.Initializer.Concat(graph.Node.SelectMany(node => node.Attribute)
        .SelectMany(attribute => (attribute.T is { } tensor ? [tensor] : Enumerable.Empty<TensorProto>()).Concat(attribute.Tensors)
            .Concat((attribute.G is { } inner ? attribute.Graphs.Prepend(inner) : attribute.Graphs).SelectMany(Tensors))));
}
