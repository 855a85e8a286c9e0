using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Graphs;

/// <summary>Functions that would become too many nodes, which the runtime lays out all the same, are refused; those of a size that models have are not.</summary>
public sealed class FunctionCallsTests
{
    [Fact]
    public void Functions_that_call_each_other_twice() => Refuses(Nested(40, calls: 2), "would have 1.1e+12 nodes");

    [Fact]
    public void Functions_that_call_each_other_deeply() => Refuses(Nested(100, calls: 1), "more than 64 deep, or in a circle");

    // Those that are called first are known when the others come.
    [Fact]
    public void Functions_that_are_called_from_the_innermost_on()
    {
        var model = Nested(100, calls: 1);
        for (var depth = 1; depth < 100; depth++) model.Graph.Node.Insert(depth - 1, Call(depth, "input0", $"unused{depth}"));

        Refuses(model, "more than 64 deep, or in a circle");
    }

    [Fact]
    public void Functions_that_call_each_other_in_a_circle()
    {
        var model = Nested(3, calls: 2);
        model.Functions[0].Node.Add(Call(3, "x", "y"));

        Refuses(model, "more than 64 deep, or in a circle");
    }

    [Fact]
    public void Functions_as_exporters_write_them_are_taken() => Assert.NotEmpty(RuntimeGraph.Of(Nested(5, calls: 2)).Network.Layers);

    private static ModelProto Nested(int depth, int calls)
    {
        var builder = new ModelBuilder();
        var model = builder.Output(builder.Node($"f{depth}", [builder.Input(1, 4)]));
        model.Graph.Node[0].Domain = "own";
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        for (var level = 0; level <= depth; level++)
        {
            var function = new FunctionProto { Name = $"f{level}", Domain = "own", Input = { "x" }, Output = { level == 0 ? "y" : $"y{calls}" } };
            function.OpsetImport.Add(model.OpsetImport);
            if (level == 0) function.Node.Add(new NodeProto { OpType = "Relu", Input = { "x" }, Output = { "y" } });
            else for (var call = 1; call <= calls; call++) function.Node.Add(Call(level - 1, call == 1 ? "x" : $"y{call - 1}", $"y{call}"));
            model.Functions.Add(function);
        }

        return model;
    }

    private static NodeProto Call(int level, string input, string output) => new() { OpType = $"f{level}", Domain = "own", Input = { input }, Output = { output } };

    private static void Refuses(ModelProto model, string why)
    {
        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(model));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
