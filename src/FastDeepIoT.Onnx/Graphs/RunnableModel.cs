using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.AttributeProto.Types;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>
/// A flat model as one that a runtime accepts, to ask it for shapes: bodies run once, and of two branches the results of the first are taken. The
/// shapes in the subgraphs are right; what comes out behind them is to be asked of the model itself.
/// </summary>
internal sealed class RunnableModel
{
    private const string Position = "\u0002position";
    private const string Front = "\u0002front";

    private readonly ModelProto _model;
    private readonly long _opset;

    private RunnableModel(ModelProto flat)
    {
        _model = new ModelProto { IrVersion = flat.IrVersion, Graph = new GraphProto { Name = flat.Graph.Name } };
        _model.OpsetImport.Add(flat.OpsetImport);
        _model.Graph.Input.Add(flat.Graph.Input);
        _model.Graph.Output.Add(flat.Graph.Output);
        _model.Graph.Initializer.Add(flat.Graph.Initializer);
        _model.Graph.Initializer.Add(new TensorProto { Name = Position, DataType = (int)DataType.Int64, Int64Data = { 0 } });
        _model.Graph.Initializer.Add(new TensorProto { Name = Front, DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { 0 } });
        _opset = flat.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 1;
        foreach (var node in flat.Graph.Node) Add(node);
    }

    internal static ModelProto Of(ModelProto flat) => new RunnableModel(flat)._model;

    private void Add(NodeProto node)
    {
        var states = (int)node.IntegerOf(FlatModel.States, 0);
        switch (node.OpType)
        {
            case "If" when node.Attribute.All(attribute => attribute.G is null):
                for (var output = 0; output < node.Output.Count; output++) Copy(node.Input[1 + output], node.Output[output]);
                break;
            case "Loop.Begin":
                Declare(node.Output[0], DataType.Int64);
                Declare(node.Output[1], DataType.Bool);
                for (var state = 0; state < states; state++) Copy(node.Input[2 + state], node.Output[2 + state]);
                break;
            case "Scan.Begin":
                for (var input = 0; input < node.Input.Count; input++)
                    if (input < states) Copy(node.Input[input], node.Output[input]);
                    else Slice(node.Input[input], node.Output[input], AxisOf(node, "scan_input_axes", input - states));
                break;
            case "Loop" or "Scan" when node.Attribute.All(attribute => attribute.G is null):
                for (var output = 0; output < node.Output.Count; output++)
                    if (output < states) Copy(node.Input[output + (node.OpType == "Loop" ? 1 : 0)], node.Output[output]);
                    else Stack(node.Input[output + (node.OpType == "Loop" ? 1 : 0)], node.Output[output]);
                break;
            default:
                _model.Graph.Node.Add(node);
                break;
        }
    }

    private static long AxisOf(NodeProto node, string attribute, int index) => node.IntegersOf(attribute) is var axes && index < axes.Count ? axes[index] : 0;

    private void Copy(string input, string output)
    {
        if (output.Length > 0) Node("Identity", output, input);
    }

    private void Slice(string input, string output, long axis) =>
        Node("Gather", output, input, Position).Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeType.Int, I = axis });

    private void Stack(string input, string output)
    {
        if (output.Length == 0) return;
        if (_opset >= 13) Node("Unsqueeze", output, input, Front);
        else Node("Unsqueeze", output, input).Attribute.Add(new AttributeProto { Name = "axes", Type = AttributeType.Ints, Ints = { 0 } });
    }

    private NodeProto Node(string type, string output, params string[] inputs)
    {
        var node = new NodeProto { OpType = type, Output = { output } };
        node.Input.Add(inputs);
        _model.Graph.Node.Add(node);
        return node;
    }

    private void Declare(string input, DataType type) => _model.Graph.Input.Add(new ValueInfoProto
    {
        Name = input,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() } },
    });
}
