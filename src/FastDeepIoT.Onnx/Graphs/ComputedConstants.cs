using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// The lists of integers that a graph computes from constants alone, such as the amounts of a Pad that an exporter spells out in ten
/// nodes: the runtime itself computes them.
/// </summary>
internal sealed class ComputedConstants
{
    // A list of sizes, amounts or axes is short. What is longer is data, and nothing that a rule reads.
    private const int LongestList = 1024;

    private readonly ModelProto _model;
    private readonly ModelGraph _graph;
    private readonly HashSet<string> _computed = [];
    private readonly List<NodeProto> _nodes = [];
    private readonly HashSet<NodeProto> _isComputed = new(ReferenceEqualityComparer.Instance);

    private ComputedConstants(ModelProto model, Predicate<NodeProto> except)
    {
        (_model, _graph) = (model, new ModelGraph(model, TensorShapes.None));
        foreach (var node in model.Graph.Node.Where(node => !except(node) && IsComputed(node)))
        {
            _nodes.Add(node);
            _isComputed.Add(node);
            _computed.UnionWith(node.Output.Where(name => name.Length > 0));
        }
    }

    /// <summary>The computed lists that other nodes read, by name.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="except">Nodes that are taken for others, so that what they read is looked at and they are not run; null for none.</param>
    internal static IReadOnlyDictionary<string, TensorProto> Of(ModelProto model, Predicate<NodeProto>? except = null) =>
        new ComputedConstants(model, except ?? (_ => false)).Evaluate();

    private bool IsComputed(NodeProto node) =>
        node.Domain is "" or "ai.onnx" && node.Input.Count > 0 && node.IsRepeatable()
        && (node.OpType != "Identity" || _computed.Contains(node.Input[0]))
        && node.Input.Where(name => name.Length > 0).All(name => _computed.Contains(name) || IsShort(name));

    private bool IsShort(string name) => _graph.Constant(name) is { DataLocation: DataLocation.Default } constant
        && constant.Dims.Aggregate(1L, (product, size) => product * size) is >= 0 and <= LongestList;

    private Dictionary<string, TensorProto> Evaluate()
    {
        var read = _model.Graph.Node.Where(node => !_isComputed.Contains(node)).SelectMany(node => node.Input).Where(_computed.Contains).Distinct().ToList();
        if (read.Count == 0) return [];

        try
        {
            var needed = Needed(read);
            EmptyTensors.Check(new ModelGraph(needed, ShapeInference.Infer(needed)), file: null);
            using var options = Runtime.Options(GraphOptimizationLevel.ORT_DISABLE_ALL, threads: 1);
            using var session = Runtime.Open(needed.ToByteArray(), options, file: null);
            using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var values = session.Run(run, new Dictionary<string, OrtValue>(), read);
            return read.Zip(values).Where(pair => IsList(pair.Second)).ToDictionary(pair => pair.First, pair => Tensor(pair.First, pair.Second));
        }
        catch (Exception e) when (e is InputException or OnnxRuntimeException)
        {
            // What the runtime does not compute here stays what it was: not known.
            return [];
        }
    }

    // The nodes behind some tensors, and the constants they read.
    private ModelProto Needed(IEnumerable<string> tensors)
    {
        var wanted = tensors.ToHashSet();
        var part = new ModelProto { IrVersion = Math.Max(_model.IrVersion, 4), Graph = new GraphProto { Name = "constants" } };
        part.OpsetImport.Add(_model.OpsetImport);
        part.Graph.Output.Add(wanted.Select(name => new ValueInfoProto { Name = name }));
        var nodes = new List<NodeProto>();
        foreach (var node in _nodes.AsEnumerable().Reverse().Where(node => node.Output.Any(wanted.Contains)))
        {
            nodes.Add(node);
            wanted.UnionWith(node.Input);
        }

        part.Graph.Node.Add(_model.Graph.Node.Where(node => node.OpType == "Constant" && node.Output.Any(wanted.Contains)));
        part.Graph.Node.Add(nodes.AsEnumerable().Reverse());
        part.Graph.Initializer.Add(_model.Graph.Initializer.Where(tensor => wanted.Contains(tensor.Name)));
        return part;
    }

    private static bool IsList(OrtValue value) => value.OnnxType == OnnxValueType.ONNX_TYPE_TENSOR && value.GetTensorTypeAndShape() is var type
        && type.ElementDataType is TensorElementType.Int64 or TensorElementType.Int32 && type.ElementCount <= LongestList;

    private static TensorProto Tensor(string name, OrtValue value)
    {
        var type = value.GetTensorTypeAndShape();
        return new TensorProto
        {
            Name = name,
            DataType = (int)(type.ElementDataType == TensorElementType.Int64 ? DataType.Int64 : DataType.Int32),
            Dims = { type.Shape },
            RawData = ByteString.CopyFrom(value.GetTensorMutableRawData()),
        };
    }
}
