using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// A model whose large weights are zeros: what a runtime fuses, and how long layers take, does not depend on their values. All of them read
/// the same file of holes, so that neither memory nor time goes into carrying weights around.
/// </summary>
internal sealed class WeightlessModel : IDisposable
{
    // What is smaller may be a size, an axis or a scale, and costs nothing to keep.
    private const long LargestKept = 1024;

    // Before this version of the file format, every initializer had to be declared as an input too.
    private const long FirstUndeclared = 4;

    private const string Holes = "weights";
    private const string Folded = "folded";
    private const string Optimized = "optimized.onnx";

    private readonly string _folder = Disk.CreateTemporaryFolder();
    private readonly ModelProto _model;
    private long _bytes;

    /// <summary>Takes the weights out of a model.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="types">Element types of tensors, where they are known: of these the runtime writes down the shapes it infers (<see cref="WrittenShapes"/>).</param>
    /// <exception cref="InputException">FDI3009 when there is no place for temporary files.</exception>
    internal WeightlessModel(ModelProto model, TensorShapes? types = null)
    {
        _model = model.Clone();
        var graph = _model.Graph;
        graph.Initializer.Clear();
        graph.Initializer.Add(model.Graph.Initializer.Select(Emptied));
        if (model.IrVersion >= FirstUndeclared && model.Graph.Node.Any(IsLargeConstant))
        {
            graph.Node.Clear();
            graph.Node.Add(model.Graph.Node.Where(node => !IsLargeConstant(node)));
            graph.Initializer.Add(model.Graph.Node.Where(IsLargeConstant).Select(node => Emptied(ConstantValue.Of(node)!, node.Output[0])));
        }

        if (types is not null) WrittenShapes.AskFor(_model, types);
        MakeHoles(Path.Combine(_folder, Holes));
    }

    /// <summary>What the runtime makes of the model; weights are not in it.</summary>
    /// <param name="level">How far the runtime optimizes.</param>
    /// <param name="file">The file the model came from, for messages.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform, FDI3009 when there is no room for temporary files.</exception>
    internal ModelProto Optimize(GraphOptimizationLevel level, string? file)
    {
        var path = Path.Combine(_folder, Optimized);
        using var options = Runtime.OptionsForLooking(level, threads: 1);
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", _folder);
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", Folded);
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", FormattableString.Invariant($"{LargestKept * sizeof(long) + 1}"));
        WrittenGraph.Open(_model.ToByteArray(), options, path, file).Dispose();
        return WrittenGraph.Read(path);
    }

    public void Dispose() => Disk.RemoveTemporaryFolder(_folder);

    private void MakeHoles(string path)
    {
        try
        {
            using var holes = Disk.CreateNew(path);
            holes.SetLength(_bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new InputException(DiagnosticCode.CannotWrite,
                $"A temporary file cannot be written: {e.Message} Check rights and space, or name another folder with the variable TMPDIR (TMP on Windows).", path, e);
        }
    }

    private static bool IsLargeConstant(NodeProto node) =>
        node.OpType == "Constant" && node.Output.Count == 1 && ConstantValue.Of(node) is { } value && IsLarge(value);

    private TensorProto Emptied(TensorProto tensor) => IsLarge(tensor) ? Emptied(tensor, tensor.Name) : tensor;

    private TensorProto Emptied(TensorProto tensor, string name)
    {
        var bytes = Elements(tensor) * ElementSize.Of((DataType)tensor.DataType);
        _bytes = Math.Max(_bytes, bytes);
        return new TensorProto
        {
            Name = name,
            DataType = tensor.DataType,
            Dims = { tensor.Dims },
            DataLocation = DataLocation.External,
            ExternalData =
            {
                new StringStringEntryProto { Key = "location", Value = Holes },
                new StringStringEntryProto { Key = "length", Value = FormattableString.Invariant($"{bytes}") },
            },
        };
    }

    // A tensor that does not have the elements its shape says is left for the runtime to refuse.
    private static bool IsLarge(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float => HasElements(tensor, tensor.FloatData.Count),
        DataType.Double => HasElements(tensor, tensor.DoubleData.Count),
        DataType.Float16 or DataType.Bfloat16 => HasElements(tensor, tensor.Int32Data.Count),
        _ => false,
    };

    private static bool HasElements(TensorProto tensor, int typed) => Elements(tensor) is > LargestKept and < long.MaxValue / sizeof(double) and var elements
        && (tensor.DataLocation == DataLocation.External || elements == typed || elements * ElementSize.Of((DataType)tensor.DataType) == tensor.RawData.Length);

    private static long Elements(TensorProto tensor)
    {
        var elements = 1L;
        foreach (var size in tensor.Dims)
            if (size <= 0 || Math.BigMul(elements, size, out elements) != 0 || elements < 0) return 0;
        return elements;
    }
}
