using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Rewrites;

public sealed class PadWidthsTests
{
    public static TheoryData<string> Networks => [.. OpenNetworks.All.Keys];

    public static TheoryData<string, int> NetworksAndGroups
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var (name, (_, open)) in OpenNetworks.All)
                for (var group = 0; group < open.Length; group++)
                    data.Add(name, group);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Growing_all_widths_keeps_the_outputs(string network)
    {
        var model = OpenNetworks.All[network].Make();

        var padded = PadAll(model, by: 3);

        Same(model, padded);
        Assert.NotEqual(model, padded);
    }

    [Fact]
    public void Growing_widths_with_long_weights_keeps_the_outputs()
    {
        const int Width = 300;
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Conv(b.Conv(b.Input(1, 3, 4, 4), 3, Width), Width, Width, kernel: 1), Width, Width));

        var padded = PadAll(model, by: 3);

        Same(model, padded);
        Assert.Equal(padded.ToByteArray(), PadAll(model, by: 3).ToByteArray());
    }

    [Theory]
    [MemberData(nameof(NetworksAndGroups))]
    public void Growing_one_width_keeps_the_outputs(string network, int group)
    {
        var model = OpenNetworks.All[network].Make();
        var groups = WidthGroups.Of(model);

        var padded = PadWidths.Apply(model, groups, new Dictionary<WidthGroup, long> { [groups.Open[group]] = groups.Open[group].Size + 1 });

        Same(model, padded);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_grown_model_has_the_same_groups_at_their_new_sizes(string network)
    {
        var (make, open) = OpenNetworks.All[network];

        var groups = WidthGroups.Of(PadAll(make(), by: 3));

        Assert.Equal(open.Select(size => size + 3), groups.Open.Select(group => group.Size));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_same_model_gives_the_same_bytes(string network)
    {
        var make = OpenNetworks.All[network].Make;

        Assert.Equal(PadAll(make(), by: 3).ToByteArray(), PadAll(make(), by: 3).ToByteArray());
    }

    [Fact]
    public void Growing_by_nothing_gives_the_same_model()
    {
        var model = OpenNetworks.All["shared bias"].Make();

        Assert.Equal(model.ToByteArray(), PadAll(model, by: 0).ToByteArray());
    }

    [Fact]
    public void The_original_is_not_changed()
    {
        foreach (var (make, _) in OpenNetworks.All.Values)
        {
            var model = make();
            var before = model.ToByteArray();

            PadAll(model, by: 3);

            Assert.Equal(before, model.ToByteArray());
        }
    }

    [Fact]
    public void Names_texts_and_unknown_fields_are_kept()
    {
        var original = OpenNetworks.All["chain"].Make();
        original.DocString = "what it is for";
        original.Graph.Node[0].DocString = "first";
        original.MetadataProps.Add(new StringStringEntryProto { Key = "author", Value = "someone" });
        var model = ModelProto.Parser.ParseFrom([.. original.ToByteArray(), .. UnknownField]);

        var padded = PadAll(model, by: 3);

        Assert.Equal("what it is for", padded.DocString);
        Assert.Equal("first", padded.Graph.Node[0].DocString);
        Assert.Contains(padded.MetadataProps, entry => entry is { Key: "author", Value: "someone" });
        Assert.Equal(model.Graph.Node.Select(node => node.Name), padded.Graph.Node.Select(node => node.Name));
        Assert.Equal(model.Graph.Initializer.Select(tensor => tensor.Name), padded.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.True(padded.ToByteArray().AsSpan().IndexOf(UnknownField) >= 0);
    }

    [Fact]
    public void Declared_shapes_follow()
    {
        var model = OpenNetworks.All["chain"].Make();
        var declared = new ValueInfoProto { Name = model.Graph.Node[0].Output[0], Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto() } } };
        declared.Type.TensorType.Shape.Dim.Add(new long[] { 1, 5, 8, 8 }.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        model.Graph.ValueInfo.Add(declared);

        var padded = PadAll(model, by: 3);

        Assert.Equal([1, 8, 8, 8], padded.Graph.ValueInfo[0].Type.TensorType.Shape.Dim.Select(dimension => dimension.DimValue));
        Same(model, padded);
    }

    [Fact]
    public void An_open_image_keeps_its_outputs_at_other_sizes()
    {
        var model = OpenNetworks.All["open batch and image"].Make();

        var padded = PadAll(model, by: 3);

        var input = model.Graph.Input[0].Name;
        var sizes = new FreeDimensions(new Dictionary<string, long> { [$"{input}_0"] = 3, [$"{input}_2"] = 9, [$"{input}_3"] = 14 });
        Same(model, padded, new VerificationOptions { FreeDimensions = sizes });
    }

    [Theory]
    [InlineData(TensorProto.Types.DataType.Float)]
    [InlineData(TensorProto.Types.DataType.Double)]
    public void Weights_in_typed_fields_follow(TensorProto.Types.DataType type)
    {
        var b = new ModelBuilder();
        var x = b.Node("Cast", [b.Input(1, 3)], ("to", (long)type));
        var y = b.Node("MatMul", [b.Node("MatMul", [x, b.Weights(3, 5)]), b.Weights(5, 4)]);
        var model = b.Output(b.Node("Cast", [y], ("to", 1L)));
        foreach (var tensor in model.Graph.Initializer) MakeTyped(tensor, type);

        var padded = PadAll(model, by: 3);

        Assert.Equal([3, 8], padded.Graph.Initializer[0].Dims);
        Same(model, padded);
    }

    // A field of number 99 with the value 7, as a future version of the format might have.
    private static ReadOnlySpan<byte> UnknownField => [0x98, 0x06, 0x07];

    private static void MakeTyped(TensorProto tensor, TensorProto.Types.DataType type)
    {
        var values = TensorValues.Numbers(tensor);
        tensor.ClearRawData();
        tensor.DataType = (int)type;
        if (type == TensorProto.Types.DataType.Double) tensor.DoubleData.Add(values);
        else tensor.FloatData.Add(values.Select(value => (float)value));
    }

    private static ModelProto PadAll(ModelProto model, long by)
    {
        var groups = WidthGroups.Of(model);
        return PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => group.Size + by));
    }

    private static void Same(ModelProto model, ModelProto padded, VerificationOptions? options = null)
    {
        var result = Verifier.Compare(model, padded, options: options, cancellation: TestContext.Current.CancellationToken);

        Assert.True(result.Passed, result.Reason);
        Assert.True(result.MaxRelativeDifference <= 1e-5, $"differs by {result.MaxRelativeDifference}");
    }
}
