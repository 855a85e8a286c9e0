using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Tests.Building;

/// <summary>Networks with a width of 5 that must not change, and words the reason has to contain.</summary>
internal static class FixedNetworks
{
    internal static IReadOnlyDictionary<string, (Func<ModelProto> Make, string Why)> All { get; } = new Dictionary<string, (Func<ModelProto>, string)>
    {
        ["graph output"] = (() => Ending((b, x) => x), "graph output"),
        ["softmax"] = (() => Ending((b, x) => b.Conv(b.Node("Softmax", [x], ("axis", 1L)), 5, 4)), "Softmax normalizes over it"),
        ["mean over channels"] = (() => Ending((b, x) => b.Node("ReduceMean", [x], ("axes", new long[] { 1 }))), "ReduceMean reduces over it"),
        ["sum over what is not zero"] = (() => Ending((b, x) => b.Node("ReduceSum", [b.Node("Sigmoid", [x]), b.Integers(1)])), "would not be zero"),
        ["largest channel"] = (() => Ending((b, x) => b.Node("Cast", [b.Node("ArgMax", [x], ("axis", 1L))], ("to", 1L))), "ArgMax reduces over it"),
        ["layer normalization"] = (LayerNormalized, "LayerNormalization normalizes over it"),
        ["local response"] = (() => Ending((b, x) => b.Conv(b.Node("LRN", [x], ("size", 3L)), 5, 4)), "LRN normalizes across"),
        ["division by what becomes zero"] = (() => Ending((b, x) => b.Conv(b.Node("Div", [b.Scalar(1), b.Node("Add", [b.Node("Abs", [x]), b.Positive(5, 1, 1)])]), 5, 4)), "finite"),
        ["logarithm of zero"] = (() => Ending((b, x) => b.Conv(b.Node("Log", [b.Node("Add", [b.Node("Abs", [x]), b.Positive(5, 1, 1)])]), 5, 4)), "finite"),
        ["picked channels"] = (() => Ending((b, x) => b.Conv(b.Node("Gather", [x, b.Integers(3, 1)], ("axis", 1L)), 2, 4)), "Gather picks by position"),
        ["sorted channels"] = (() => Ending((b, x) => b.Conv(b.Nodes("TopK", [x, b.Integers(5)], 2, ("axis", 1L))[0], 5, 4)), "TopK is not known"),
        ["every second channel"] = (() => Ending((b, x) => b.Conv(b.Node("Slice", [x, b.Integers(0), b.Integers(5), b.Integers(1), b.Integers(2)]), 3, 4)), "Slice keeps a part"),
        ["given by a branch"] = (Branched, "graph output"),
        ["size computed with"] = (() => Ending((b, x) => b.Conv(b.Node("Mul", [x, b.Node("Cast", [b.Node("Shape", [x])], ("to", 1L)) is var s
            ? b.Node("ReduceMax", [s], ("keepdims", 0L)) : ""]), 5, 4)), "computes with the size"),
        ["an image of open size laid into rows"] = (OpenRows, "sizes that are not known"),
        ["reflected channels"] = (() => Ending((b, x) => b.Conv(b.Node("Pad", [x, b.Integers(0, 1, 0, 0, 0, 1, 0, 0)], ("mode", "reflect")), 7, 4)), "Pad pads it"),
        ["own domain"] = (OtherDomain, "graph output"),
    };

    private static ModelProto Ending(Func<ModelBuilder, string, string> end)
    {
        var b = new ModelBuilder();
        return b.Output(end(b, b.Conv(b.Input(1, 3, 8, 8), 3, 5)));
    }

    private static ModelProto LayerNormalized()
    {
        var b = new ModelBuilder();
        var x = b.Node("MatMul", [b.Input(1, 4, 3), b.Weights(3, 5)]);
        return b.Output(b.Node("MatMul", [b.Node("LayerNormalization", [x, b.Weights(5), b.Weights(5)], ("axis", -1L)), b.Weights(5, 4)]));
    }

    private static ModelProto Branched()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 8, 8), 3, 5);
        var y = b.Conv(x, 5, 4);
        GraphProto Branch(string type, string name) => new()
        {
            Name = name,
            Node = { new NodeProto { OpType = type, Name = name, Input = { x }, Output = { $"{name}_out" } } },
            Output = { new ValueInfoProto { Name = $"{name}_out" } },
        };
        var condition = b.Node("Cast", [b.Node("ReduceMax", [y], ("keepdims", 0L))], ("to", 9L));
        return b.Output(y, b.Node("If", [condition], ("then_branch", Branch("Relu", "then")), ("else_branch", Branch("Tanh", "else"))));
    }

    private static ModelProto OpenRows()
    {
        var b = new ModelBuilder();
        return b.Output(b.Node("MatMul", [b.Node("Reshape", [b.Conv(b.Input(1, 3, -1, 4), 3, 5), b.Integers(-1, 5)]), b.Weights(5, 4)]));
    }

    // An operator of a domain of its own is not the operator of that name: nobody reads what it gives but the graph's user.
    private static ModelProto OtherDomain()
    {
        var b = new ModelBuilder();
        return b.Output(b.Node("Relu", [b.Conv(b.Input(1, 3, 8, 8), 3, 5)]));
    }
}
