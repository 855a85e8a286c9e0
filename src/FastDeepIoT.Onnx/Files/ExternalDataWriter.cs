using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>Writes a model with its weights in a file of their own.</summary>
internal static class ExternalDataWriter
{
    // A bias or a shape stays in the model, where shape inference finds it.
    private const int LargestInline = 8192;

    // Of pages, so that a runtime can map weights into memory.
    private const int Alignment = 4096;

    internal static void Write(ModelProto model, string source, string destination)
    {
        var data = Path.GetFullPath(destination) + ".data";
        if (ExternalData.FilesOf(model, source).Any(file => file == data || file == Path.GetFullPath(destination)))
            throw new InputException(DiagnosticCode.CannotWrite, "The output's weights would overwrite those of the original. Name another file or folder.", destination);

        var copy = model.Clone();
        RemoveOld(destination);
        WholeFile.Write(data, stream =>
        {
            foreach (var tensor in copy.Tensors().Where(IsMoved)) Move(tensor, source, stream, Path.GetFileName(data));
        });
        try
        {
            OnnxFile.Write(copy, destination);
        }
        catch
        {
            Disk.TryDelete(data);
            throw;
        }
    }

    // The model of an earlier run must not be seen beside the weights of this one.
    private static void RemoveOld(string destination)
    {
        try
        {
            if (Disk.HasFile(destination)) Disk.Delete(destination);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(DiagnosticCode.CannotWrite, $"The output cannot be replaced: {e.Message} Check folder and rights.", destination, e);
        }
    }

    private static bool IsMoved(TensorProto tensor) =>
        ExternalData.IsExternal(tensor) || (tensor.RawData.Length > LargestInline && ElementSize.BitsOf(tensor.DataType) is not null);

    private static void Move(TensorProto tensor, string source, Stream data, string location)
    {
        while (data.Position % Alignment != 0) data.WriteByte(0);
        var offset = data.Position;
        if (ExternalData.IsExternal(tensor)) Copy(tensor, source, data);
        else tensor.RawData.WriteTo(data);

        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Clear();
        foreach (var (key, value) in new[] { ("location", location), ("offset", FormattableString.Invariant($"{offset}")), ("length", FormattableString.Invariant($"{data.Position - offset}")) })
            tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
    }

    private static void Copy(TensorProto tensor, string source, Stream data)
    {
        using var weights = ExternalData.Open(tensor, source, out var left);
        var buffer = new byte[Math.Min(left, 1 << 20)];
        while (left > 0)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            weights.ReadExactly(part);
            data.Write(part);
            left -= part.Length;
        }
    }
}
