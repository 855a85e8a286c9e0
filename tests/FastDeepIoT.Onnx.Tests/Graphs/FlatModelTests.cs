using FastDeepIoT.Onnx.Format;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Graphs;

/// <summary>Subgraphs that somebody has made up are not looked into, and cost no more than they take in the file.</summary>
public sealed class FlatModelTests
{
    private static readonly Dictionary<string, Action<NodeProto>> Breaks = new()
    {
        ["no condition"] = node => node.Input.Clear(),
        ["no result"] = node => node.Output.Clear(),
        ["more results than the branches give"] = node => node.Output.Add("z"),
        ["one branch"] = node => node.Attribute.RemoveAt(1),
        ["a loop without a body"] = node => node.OpType = "Loop",
        ["a scan without a count"] = node => node.OpType = "Scan",
        ["an operator of a flat model"] = node => node.Attribute[0].G.Node[0].OpType = "Loop" + FlatModel.Begin,
        ["a name of a flat model"] = node => node.Attribute[0].G.Node[0].Input[0] = "y\u0002then_branch\u0002n0",
    };

    public static TheoryData<string> Broken => [.. Breaks.Keys];

    [Fact]
    public void A_whole_branch_is_laid_out()
    {
        var flat = FlatModel.Of(Model(If("y")));

        Assert.True(flat.HasSubgraphs);
        Assert.Equal(["Relu", "Relu", "If"], flat.Nodes.Select(node => node.Flat.OpType));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_does_not_fit_together_is_left_alone(string what)
    {
        var node = If("y");
        Breaks[what](node);

        Assert.False(FlatModel.Of(Model(node)).HasSubgraphs, what);
    }

    [Fact]
    public void A_long_name_is_not_repeated_for_every_node_of_a_body()
    {
        var model = Model(If(new string('n', 100_000), nodes: 1000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        FlatModel.Of(model);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
    }

    private static ModelProto Model(NodeProto node) => new()
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        Graph = new GraphProto { Name = "graph", Node = { node } },
    };

    private static NodeProto If(string output, int nodes = 1) =>
        new() { OpType = "If", Input = { "condition" }, Output = { output }, Attribute = { Branch("then_branch", nodes), Branch("else_branch", nodes) } };

    private static AttributeProto Branch(string name, int nodes) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.Graph,
        G = new GraphProto
        {
            Name = name,
            Node = { Enumerable.Range(0, nodes).Select(index => new NodeProto { OpType = "Relu", Input = { "x" }, Output = { $"n{index}" } }) },
            Output = { new ValueInfoProto { Name = "n0" } },
        },
    };
}
