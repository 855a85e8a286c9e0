using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Optimization.Tests.Verification;

/// <summary>Rewrites broken on purpose: verification must see each of them.</summary>
public sealed class VerifierTests
{
    [Fact]
    public void A_model_equals_itself()
    {
        var model = OpenNetworks.All["residual"].Make();

        var result = Compare(model, model.Clone());

        Assert.True(result.Passed);
        Assert.Equal(0, result.MaxRelativeDifference);
        Assert.Equal(9, result.Runs);
    }

    [Fact]
    public void A_reader_whose_added_weights_are_not_zero_is_caught()
    {
        var (model, padded) = Padded("gate");
        var reader = padded.Graph.Initializer.Single(tensor => tensor.Dims is [4, 9, 3, 3]);
        Change(reader, values => values[^1] = 1);

        // The added channels are zero here, so only a producer that fills them makes the broken reader show.
        var producer = padded.Graph.Initializer.First(tensor => tensor.Dims is [9, 3, 3, 3]);
        Change(producer, values => values[^1] = 1);

        Assert.False(Compare(model, padded).Passed);
    }

    [Fact]
    public void A_reader_that_was_forgotten_is_caught()
    {
        var (model, padded) = Padded("chain");
        var original = model.Graph.Initializer.Single(tensor => tensor.Dims is [4, 5, 3, 3]);
        padded.Graph.Initializer[model.Graph.Initializer.IndexOf(original)] = original.Clone();

        var result = Compare(model, padded);

        Assert.False(result.Passed);
        Assert.NotNull(result.Reason);
    }

    [Fact]
    public void Weights_in_the_wrong_place_are_caught()
    {
        var (model, padded) = Padded("flatten");
        var weights = padded.Graph.Initializer.Single(tensor => tensor.Dims is [6, 128]);
        Change(weights, values => (values[0], values[20]) = (values[20], values[0]));

        Assert.False(Compare(model, padded).Passed);
    }

    [Fact]
    public void An_output_of_another_shape_is_caught()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Input(1, 3, 8, 8), 3, 4));
        var wider = new ModelBuilder();
        wider.Output(wider.Conv(wider.Input(1, 3, 8, 8), 3, 5));

        var result = Compare(model, wider.Model);

        Assert.False(result.Passed);
        Assert.Contains("shape", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_index_is_a_difference()
    {
        var model = ArgMax();
        var changed = model.Clone();
        var weights = changed.Graph.Initializer[0];
        Change(weights, values => Array.Reverse(values));

        var result = Compare(model, changed);

        Assert.False(result.Passed);
        Assert.Contains("integers", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_a_number_equals_itself()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Log", [b.Input(1, 30)]));

        Assert.True(Compare(model, model.Clone()).Passed);
    }

    [Fact]
    public void What_is_never_a_number_has_not_been_compared()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Log", [b.Node("Neg", [b.Node("Exp", [b.Input(1, 3)])])]));

        Assert.Contains("is never a finite number", Compare(model, model.Clone()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_draws_random_numbers_cannot_be_compared()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Add", [b.Input(1, 3), b.Node("RandomNormal", [], ("shape", new long[] { 1, 3 }))]));

        var result = Compare(model, model.Clone());

        Assert.False(result.Passed);
        Assert.Contains("random", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_numbers_in_a_subgraph_or_function_are_recognized()
    {
        var node = new NodeProto { OpType = "RandomUniform", Output = { "r" } };
        ModelProto[] models = [OpenNetworks.All["chain"].Make(), OpenNetworks.All["chain"].Make()];
        models[0].Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto { Node = { node } } });
        models[1].Functions.Add(new FunctionProto { Name = "f", Domain = "own", Node = { node } });

        Assert.All(models, model => Assert.Contains("random", Compare(model, model.Clone()).Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_is_random_in_a_way_nobody_lists_is_recognized_by_running_it_twice()
    {
        var b = new ModelBuilder();
        b.Model.Graph.Initializer.Add(new TensorProto { Name = "training", DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 1 } });
        var model = b.Output(b.Node("Dropout", [b.Input(4, 16), b.Scalar(0.5f), "training"]));

        Assert.Contains("each time it is run", Compare(model, model.Clone()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_a_channel_that_is_tiny_beside_the_others_is_caught()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Input(1, 3, 8, 8), 3, 4));
        Change(model.Graph.Initializer[0], values => Scale(values, 27, 1e-5f));
        Change(model.Graph.Initializer[1], values => values[1] *= 1e-5f);
        var broken = model.Clone();
        Change(broken.Graph.Initializer[0], values => Scale(values, 27, 1.01f));

        Assert.False(Compare(model, broken).Passed);
    }

    [Fact]
    public void Sums_in_another_order_are_the_same_however_deep()
    {
        var model = Deep(shuffle: false);

        var result = Compare(model, Deep(shuffle: true));

        Assert.True(result.Passed, result.Reason);
        Assert.NotEqual(0, result.MaxRelativeDifference);
    }

    [Fact]
    public void A_small_error_behind_many_layers_is_caught()
    {
        var broken = Deep(shuffle: true);
        Change(broken.Graph.Initializer[0], values => Scale(values, 64, 1.0005f));

        Assert.False(Compare(Deep(shuffle: false), broken).Passed);
    }

    [Fact]
    public void Integers_that_only_rounding_turns_are_the_same_and_others_are_not()
    {
        ModelProto Rounded(bool shuffle, float factor = 1e5f)
        {
            var model = Deep(shuffle, b => b.Node("Cast", [b.Node("Mul", ["deep", b.Scalar(factor)])], ("to", (long)TensorProto.Types.DataType.Int32)));
            model.Graph.Output[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Int32;
            return model;
        }

        Assert.True(Compare(Rounded(false), Rounded(true)).Passed, Compare(Rounded(false), Rounded(true)).Reason);
        Assert.False(Compare(Rounded(false), Rounded(true, 1.002e5f)).Passed);
    }

    [Fact]
    public void Truth_values_and_sequences_are_compared()
    {
        ModelProto Make(float bound, float factor)
        {
            var b = new ModelBuilder();
            var x = b.Conv(b.Input(1, 3, 8, 8), 3, 4);
            var parts = b.Node("SplitToSequence", [b.Node("Mul", [x, b.Scalar(factor)])], ("axis", 1L));
            b.Output(b.Node("Greater", [x, b.Scalar(bound)]));
            b.Model.Graph.Output[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Bool;
            b.Model.Graph.Output.Add(new ValueInfoProto { Name = parts });
            return b.Model;
        }

        Assert.True(Compare(Make(0.1f, 2), Make(0.1f, 2)).Passed, Compare(Make(0.1f, 2), Make(0.1f, 2)).Reason);
        Assert.Contains("truth values", Compare(Make(0.1f, 2), Make(0.2f, 2)).Reason, StringComparison.Ordinal);
        Assert.Contains("[0]' differs", Compare(Make(0.1f, 2), Make(0.1f, 2.001f)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rewrite_that_holds_for_one_size_of_a_free_dimension_only_is_caught()
    {
        ModelProto Make(long rows)
        {
            var b = new ModelBuilder();
            return b.Output(b.Gemm(b.Node("Reshape", [b.Conv(b.Input(-1, 3, 4, 4), 3, 5), b.Integers(rows, 80)]), 80, 6));
        }

        Assert.True(Compare(Make(-1), Make(-1)).Passed);
        Assert.False(Compare(Make(-1), Make(1)).Passed);
    }

    [Theory]
    [InlineData(6, 60)]
    [InlineData(200, 240)]
    public void A_bound_that_ordinary_numbers_never_reach_is_caught_at_the_edges(float bound, float wrong)
    {
        ModelProto Make(float largest)
        {
            var b = new ModelBuilder();
            return b.Output(b.Node("Clip", [b.Input(1, 3, 8, 8), b.Scalar(0), b.Scalar(largest)]));
        }

        Assert.False(Compare(Make(bound), Make(wrong)).Passed);
    }

    [Fact]
    public void Samples_show_what_no_made_up_input_does()
    {
        ModelProto Make(float largest)
        {
            var b = new ModelBuilder();
            return b.Output(b.Node("Clip", [b.Input(1, 2), b.Scalar(0), b.Scalar(largest)]));
        }

        var folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");
        try
        {
            var path = Path.Combine(folder.FullName, "x.npy");
            File.WriteAllBytes(path, NumpyWriter.Array("<f4", Enumerable.Range(0, 32).Select(value => value * 200f).ToArray(), 16, 2));
            var samples = CalibrationSamples.All(CalibrationData.Read(path, Make(5000)));

            Assert.True(Compare(Make(5000), Make(6000)).Passed);
            Assert.False(Verifier.Compare(Make(5000), Make(6000), options: new VerificationOptions { Samples = samples }, cancellation: TestContext.Current.CancellationToken).Passed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_model_that_divides_integers_of_its_input_is_not_run()
    {
        var b = new ModelBuilder();
        var quotient = b.Node("Div", [b.ScalarInput(DataType.Int64), b.ScalarInput(DataType.Int64)]);
        var model = b.Output(b.Node("Cast", [quotient], ("to", 1L)));

        var result = Compare(model, model.Clone());

        Assert.False(result.Passed);
        Assert.Contains("may divide the smallest integer by -1", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_needs_more_memory_than_there_is_is_not_run()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Relu", [b.Input(1, 1L << 21, 1L << 21)]));

        var result = Compare(model, model.Clone());

        Assert.False(result.Passed);
        Assert.Contains("GB of memory", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_says_its_input_is_empty_is_not_run()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("LSTM", [b.Input(3, 0, 4), b.Weights(1, 20, 4), b.Weights(1, 20, 5)], ("hidden_size", 5L)));

        Assert.Contains("size of 0", Compare(model, model.Clone()).Reason, StringComparison.Ordinal);
    }

    // With one row too, which is what sizes that nobody gave are taken as.
    [Fact]
    public void A_model_that_works_on_nothing_at_the_sizes_used_is_not_run()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("InstanceNormalization", [b.Node("MaxPool", [b.Input(1, 2, -1, 8)], ("kernel_shape", new long[] { 2, 2 })), b.Weights(2), b.Weights(2)]));

        var result = Compare(model, model.Clone());

        Assert.False(result.Passed);
        Assert.Contains("InstanceNormalization4' has nothing to work on", result.Reason, StringComparison.Ordinal);
        Assert.True(Verifier.Compare(model, model.Clone(), options: new VerificationOptions { FreeDimensions = new FreeDimensions(new Dictionary<string, long> { ["input0_2"] = 5 }) },
            cancellation: TestContext.Current.CancellationToken).Passed);
    }

    [Fact]
    public void Memory_that_only_the_comparison_of_outputs_takes_counts()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Relu", [b.Input(1, 1000, 1000)]));

        Assert.True(Verifier.Compare(model, model.Clone(), options: new VerificationOptions { MostBytes = 100e6, EdgeInputs = false }, cancellation: TestContext.Current.CancellationToken).Passed);
        Assert.Contains("GB of memory", Verifier.Compare(model, model.Clone(), options: new VerificationOptions { MostBytes = 50e6 }, cancellation: TestContext.Current.CancellationToken).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_free_dimensions_for_which_there_is_no_memory_are_not_tried()
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Node("Relu", [b.Input(-1, 1000, 1000)]));
        int Runs(double most) => Verifier.Compare(model, model.Clone(), options: new VerificationOptions { MostBytes = most, EdgeInputs = false, InputScales = [1] },
            cancellation: TestContext.Current.CancellationToken).Runs;

        Assert.Equal(3, Runs(4e9));
        Assert.Equal(1, Runs(100e6));
    }

    [Fact]
    public async Task Comparisons_wait_until_there_is_memory_for_them()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Task<IDisposable> second;
        using (MemoryGate.Enter(60, 100, CancellationToken.None))
        {
            using var beside = MemoryGate.Enter(40, 100, CancellationToken.None);
            Assert.ThrowsAny<OperationCanceledException>(() => MemoryGate.Enter(1, 100, soon.Token));
            second = Task.Run(() => MemoryGate.Enter(100, 100, CancellationToken.None), TestContext.Current.CancellationToken);
            Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(300, TestContext.Current.CancellationToken)));
        }

        (await second).Dispose();
    }

    [Fact]
    public void A_comparison_that_takes_too_long_in_all_is_stopped()
    {
        var result = Verifier.Compare(Endless(), Endless(), options: new VerificationOptions { LongestComparison = TimeSpan.FromMilliseconds(200) },
            cancellation: TestContext.Current.CancellationToken);

        Assert.False(result.Passed);
        Assert.Contains("comparison takes longer than", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_error_in_a_branch_that_no_input_leads_into_is_seen(bool isFirst)
    {
        ModelProto Make(float first, float second)
        {
            ModelBuilder b = new(), then = new(prefix: "then_"), otherwise = new(prefix: "else_");
            var x = b.Input(1, 4);
            var (one, other) = (then.Subgraph(then.Node("Mul", [x, then.Scalar(first)])), otherwise.Subgraph(otherwise.Node("Mul", [x, otherwise.Scalar(second)])));
            var never = b.Node("Greater", [b.Node("ReduceMax", [x], ("keepdims", 0L)), b.Scalar(1e9f)]);
            return b.Output(b.Node("If", [isFirst ? never : b.Node("Not", [never])], ("then_branch", one), ("else_branch", other)));
        }

        Assert.True(Compare(Make(2, 3), Make(2, 3)).Passed);
        var result = Compare(Make(2, 3), isFirst ? Make(2.1f, 3) : Make(2, 3.1f));
        Assert.False(result.Passed);
        Assert.Contains("forced into", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_does_not_come_to_an_end_is_stopped()
    {
        var model = Endless();

        var result = Verifier.Compare(model, model.Clone(), options: new VerificationOptions { LongestRun = TimeSpan.FromMilliseconds(200), InputScales = [1], EdgeInputs = false },
            cancellation: TestContext.Current.CancellationToken);

        Assert.False(result.Passed);
        Assert.Contains("takes longer than", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_stopped_in_its_middle_when_somebody_asks()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.ThrowsAny<OperationCanceledException>(() => Verifier.Compare(Endless(), Endless(), cancellation: soon.Token));
    }

    // A loop of 2^60 rounds, each of which counts.
    private static ModelProto Endless()
    {
        var b = new ModelBuilder();
        var body = new GraphProto { Name = "body" };
        ValueInfoProto Value(string name, TensorProto.Types.DataType type) => new()
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() } },
        };
        body.Input.Add([Value("round", TensorProto.Types.DataType.Int64), Value("go", TensorProto.Types.DataType.Bool), Value("sum", TensorProto.Types.DataType.Float)]);
        body.Node.Add(new NodeProto { OpType = "Identity", Input = { "go" }, Output = { "go_on" } });
        body.Node.Add(new NodeProto { OpType = "Sin", Input = { "sum" }, Output = { "next" } });
        body.Output.Add([Value("go_on", TensorProto.Types.DataType.Bool), Value("next", TensorProto.Types.DataType.Float)]);
        b.Model.Graph.Initializer.Add(new TensorProto { Name = "rounds", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { 1L << 60 } });
        b.Model.Graph.Initializer.Add(new TensorProto { Name = "start", DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 1 } });
        var x = b.Node("ReduceSum", [b.Input(1, 3)], ("keepdims", 0L));
        return b.Output(b.Node("Loop", ["rounds", "start", x], ("body", body)));
    }

    // Eight layers of 64 units; shuffled, the units of every layer stand in another order, so that every sum is added up in another order.
    private static ModelProto Deep(bool shuffle, Func<ModelBuilder, string>? end = null)
    {
        const int units = 64, layers = 8;
        var b = new ModelBuilder();
        var x = b.Input(4, units);
        for (var layer = 0; layer < layers; layer++) x = b.Node("Tanh", [b.Node("MatMul", [x, b.Weights(units, units)])]);
        b.Model.Graph.Node[^1].Output[0] = "deep";
        var model = b.Output(end is null ? "deep" : end(b));
        if (!shuffle) return model;

        for (var layer = 0; layer < layers - 1; layer++)
        {
            var order = Enumerable.Range(0, units).ToArray();
            new Random(layer).Shuffle(order);
            Change(model.Graph.Initializer[layer], values => Reorder(values, (row, column) => (row, order[column])));
            Change(model.Graph.Initializer[layer + 1], values => Reorder(values, (row, column) => (order[row], column)));
        }

        return model;

        static void Reorder(float[] values, Func<int, int, (int Row, int Column)> from)
        {
            var old = values.ToArray();
            for (var row = 0; row < units; row++)
                for (var column = 0; column < units; column++)
                    values[row * units + column] = from(row, column) is var (r, c) ? old[r * units + c] : 0;
        }
    }

    private static void Scale(float[] values, int count, float factor)
    {
        for (var at = count; at < 2 * count; at++) values[at] *= factor;
    }

    private static VerificationResult Compare(ModelProto original, ModelProto rewritten) =>
        Verifier.Compare(original, rewritten, cancellation: TestContext.Current.CancellationToken);

    private static ModelProto ArgMax()
    {
        var b = new ModelBuilder();
        var x = b.Node("MatMul", [b.Input(8, 3), b.Weights(3, 5)]);
        b.Output(b.Node("ArgMax", [x], ("axis", 1L)));
        b.Model.Graph.Output[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Int64;
        return b.Model;
    }

    private static (ModelProto Model, ModelProto Padded) Padded(string network)
    {
        var model = OpenNetworks.All[network].Make();
        var groups = WidthGroups.Of(model);
        return (model, PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => group.Size + 3)));
    }

    private static void Change(TensorProto tensor, Action<float[]> change)
    {
        var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        change(values);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
