using System.Runtime.InteropServices;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;

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
        Assert.Equal(3, result.Runs);
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
        var model = b.Output(b.Node("Log", [b.Node("Neg", [b.Node("Abs", [b.Input(1, 3)])])]));

        Assert.True(Compare(model, model.Clone()).Passed);
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
