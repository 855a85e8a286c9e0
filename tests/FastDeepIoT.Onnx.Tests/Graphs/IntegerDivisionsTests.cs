using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx.Tests.Graphs;

/// <summary>The smallest integer divided by -1 ends the process, so no model that may do that is loaded or run; all others are.</summary>
public sealed class IntegerDivisionsTests
{
    // The runtime computes constants while it loads a model.
    [Theory]
    [InlineData("Div", false)]
    [InlineData("Mod", false)]
    [InlineData("Div", true)]
    public void Constants(string type, bool computed)
    {
        var model = new ModelBuilder();
        var by = computed ? model.Node("Neg", [model.Integers(1)]) : model.Integers(-1);

        RefusesToLoad(model, model.Node(type, [model.Integers(long.MinValue), by]));
    }

    [Fact]
    public void A_division_of_divisions()
    {
        var model = new ModelBuilder();
        var smallest = model.Node("Div", [model.Integers(long.MinValue), model.Integers(1)]);

        RefusesToLoad(model, model.Node("Div", [smallest, model.Node("Div", [model.Integers(-7), model.Integers(7)])]));
    }

    [Fact]
    public void Constants_too_long_to_be_sizes()
    {
        var model = new ModelBuilder();
        var (many, ones) = (model.Integers([.. Enumerable.Repeat(long.MaxValue, 5000)]), model.Integers([.. Enumerable.Repeat(1L, 5000)]));

        RefusesToLoad(model, model.Node("Div", [model.Node("Add", [many, ones]), model.Node("Neg", [ones])])); // wraps around
    }

    [Fact]
    public void Sizes_of_an_input_are_computed_with_too()
    {
        var model = new ModelBuilder();
        var size = model.Node("Shape", [model.Input(1, 3, 8, 8)]);
        var smallest = model.Node("Sub", [model.Node("Mul", [model.Node("Sub", [size, size]), size]), model.Integers(long.MinValue)]);

        RefusesToLoad(model, model.Node("Div", [smallest, model.Node("Sub", [size, model.Integers(9)])]));
    }

    [Fact]
    public void Constants_of_a_function()
    {
        var model = new ModelBuilder();
        var quotient = model.Node("divide", [model.Integers(long.MinValue), model.Integers(-1)]);
        model.Model.Graph.Node[^1].Domain = "own";
        model.Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        model.Model.Functions.Add(new FunctionProto
        {
            Name = "divide",
            Domain = "own",
            Input = { "a", "b" },
            Output = { "c" },
            Node = { new NodeProto { OpType = "Div", Input = { "a", "b" }, Output = { "c" } } },
        });

        RefusesToLoad(model, quotient);
    }

    [Theory]
    [InlineData(DataType.Int64)]
    [InlineData(DataType.Int32)]
    public void Numbers_of_the_input(DataType type)
    {
        var model = new ModelBuilder();
        RefusesToRun(model, model.Node("Div", [model.ScalarInput(type), model.ScalarInput(type)]));
    }

    [Fact]
    public void A_number_of_the_input_and_minus_one()
    {
        var model = new ModelBuilder();
        RefusesToRun(model, model.Node("Mod", [model.Node("Cast", [model.Input(1, 3)], ("to", (long)DataType.Int64)), model.Integers(1, -1, 1)]));
    }

    [Fact]
    public void Numbers_of_the_input_in_a_branch()
    {
        var model = new ModelBuilder();
        var number = model.ScalarInput(DataType.Int64);
        var (there, elsewhere) = (new ModelBuilder(prefix: "then"), new ModelBuilder(prefix: "else"));
        var branches = (there.Subgraph(there.Node("Div", [number, number])), elsewhere.Subgraph(elsewhere.Node("Identity", [number])));

        RefusesToRun(model, model.Node("If", [model.ScalarInput(DataType.Bool)], ("then_branch", branches.Item1), ("else_branch", branches.Item2)));
    }

    [Fact]
    public void Divisions_that_cannot_end_anything_are_taken()
    {
        var model = new ModelBuilder();
        var (number, image) = (model.ScalarInput(DataType.Int64), model.Input(1, 3, 8, 8));
        var size = model.Node("Gather", [model.Node("Shape", [image]), model.Integers(2)]);
        string[] quotients =
        [
            model.Node("Div", [model.Integers(long.MinValue), model.Integers(2)]),
            model.Node("Div", [model.Integers(7), model.Integers(-1)]),
            model.Node("Mod", [number, model.Integers(-2, 3)]),
            model.Node("Div", [number, size]),
            model.Node("Div", [model.Node("Max", [size, model.Integers(3)]), number]),
            model.Node("Div", [model.Node("Add", [number, number]), model.Node("Max", [number, model.Integers(1)])]),
            model.Node("Div", [model.Node("ArgMax", [image]), model.Node("Neg", [size])]),
            model.Node("Div", [model.Node("Relu", [image]), model.Node("Sub", [image, image])]),
            model.Node("Div", [model.Node("Cast", [number], ("to", (long)DataType.Int8)), model.Node("Cast", [number], ("to", (long)DataType.Int8))]),
        ];
        model.Output(quotients);

        Assert.Null(IntegerDivisions.Problem(model.Model, "model.onnx"));
    }

    private static void RefusesToLoad(ModelBuilder model, string quotient)
    {
        model.Output(model.Node("Cast", [quotient], ("to", 1L)));

        Refuses(() => RuntimeHazards.CheckLoading(model.Model, "model.onnx"));
    }

    private static void RefusesToRun(ModelBuilder model, string quotient)
    {
        model.Output(model.Node("Cast", [quotient], ("to", 1L)));

        Assert.Null(Record.Exception(() => RuntimeHazards.CheckLoading(model.Model, "model.onnx")));
        Assert.NotNull(IntegerDivisions.Problem(model.Model, "model.onnx"));
        Refuses(() => RuntimeHazards.CheckRunning(model.Model, "model.onnx"));
    }

    private static void Refuses(Action check)
    {
        var refused = Assert.Throws<InputException>(check);

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
        Assert.Contains("may divide the smallest integer by -1", refused.Message, StringComparison.Ordinal);
    }
}
