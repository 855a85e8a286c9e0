using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>Layers of LSTM, GRU and RNN. Input: [steps, batch, inputs], or batch first with <c>layout</c> 1.</summary>
internal static class RecurrentLayers
{
    internal static Layer? Describe(NodeView view)
    {
        if (view.Input(0) is not { Count: 3 } input || view.Input(2) is not { Count: 3 } state) return null;

        var batchFirst = view.Node.IntegerOf("layout", 0) == 1;
        return Layers.Recurrent(view.Node.OpType, input[batchFirst ? 1 : 0], input[batchFirst ? 0 : 1], input[2],
            hidden: state[2], directions: state[0]);
    }
}
