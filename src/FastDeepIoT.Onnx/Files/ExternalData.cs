using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;

namespace FastDeepIoT.Onnx;

/// <summary>Weights that lie in files beside a model (ONNX IR, external data).</summary>
public static class ExternalData
{
    /// <summary>Whether any constant of a model, its subgraphs included, lies in another file.</summary>
    public static bool IsUsedBy(ModelProto model) => Tensors(model.Graph).Any(IsExternal);

    /// <summary>A copy of a model with all weights in it.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: weights are looked for in its folder, and nowhere else.</param>
    /// <exception cref="InputException">
    /// FDI3002 when the weights are not there, FDI3003 when they lie outside the folder or do not fit into one file.
    /// </exception>
    public static ModelProto Embed(ModelProto model, string file)
    {
        var copy = model.Clone();
        var external = Tensors(copy.Graph).Where(IsExternal).ToList();
        var total = external.Sum(BytesOf) + copy.CalculateSize();
        if (total > int.MaxValue)
            throw new InputException(DiagnosticCode.NotOnnx, $"The model has {total} bytes with its weights; only models below 2 GB can be rewritten.", file);

        foreach (var tensor in external)
        {
            tensor.RawData = Read(tensor, file);
            tensor.ExternalData.Clear();
            tensor.ClearDataLocation();
        }

        return copy;
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

    private static ByteString Read(TensorProto tensor, string file)
    {
        var path = PathOf(tensor, file);
        try
        {
            using var stream = File.OpenRead(path);
            var (offset, length) = (Number(tensor, "offset") ?? 0, Number(tensor, "length") ?? BytesOf(tensor));
            if (length < 0 || length > stream.Length - offset) throw new EndOfStreamException($"it has {stream.Length} bytes, {length} are said to start at {offset}");

            stream.Seek(offset, SeekOrigin.Begin);
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return UnsafeByteOperations.UnsafeWrap(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or OverflowException)
        {
            throw new InputException(DiagnosticCode.FileNotFound, $"The weights '{tensor.Name}' cannot be read from '{path}': {e.Message}", file, e);
        }
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key) =>
        long.TryParse(Entry(tensor, key), System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) => graph.Initializer.Concat(graph.Node.SelectMany(node => node.Attribute)
        .SelectMany(attribute => (attribute.T is { } tensor ? [tensor] : Enumerable.Empty<TensorProto>()).Concat(attribute.Tensors)
            .Concat((attribute.G is { } inner ? attribute.Graphs.Prepend(inner) : attribute.Graphs).SelectMany(Tensors))));
}
