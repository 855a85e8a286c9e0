namespace FastDeepIoT.TimeModel.Tests;

public sealed class LayersTests
{
    [Theory]
    [InlineData(8, 16, 1, "Convolution2D")]
    [InlineData(16, 16, 16, "DepthwiseConvolution2D")]
    [InlineData(16, 32, 16, "DepthwiseConvolution2D")]
    [InlineData(16, 32, 4, "GroupedConvolution2D")]
    [InlineData(1, 32, 1, "Convolution2D")]
    public void Groups_decide_the_kind_of_a_convolution(long inputs, long outputs, long groups, string kind) =>
        Assert.Equal(kind, Example.Convolution(inputs, outputs, groups).Kind);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_kind_tells_the_number_of_spatial_axes_and_the_direction(int axes)
    {
        var shape = new ConvolutionShape
        {
            InputChannels = 4,
            OutputChannels = 8,
            InputSize = Sizes(6, axes),
            OutputSize = Sizes(5, axes),
            Kernel = Sizes(2, axes),
        };

        Assert.Equal($"Convolution{axes}D", TimeModel.Layers.Convolution(shape).Kind);
        Assert.Equal($"TransposedConvolution{axes}D", TimeModel.Layers.Convolution(shape with { Transposed = true }).Kind);
    }

    [Fact]
    public void Features_of_a_convolution_follow_from_its_shape()
    {
        var layer = TimeModel.Layers.Convolution(new ConvolutionShape
        {
            Batch = 2,
            InputChannels = 8,
            OutputChannels = 12,
            Groups = 4,
            InputSize = [9, 10],
            OutputSize = [4, 5],
            Kernel = [2, 3],
            Strides = [2, 2],
            Dilations = [1, 3],
            Activation = Activation.Clamp,
        });

        Assert.Equal([2, 4, 8, 12, 2, 3, 6, 3, 4, 3, 90, 20, 4, 5, 8 * 12, 8 * 6, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], layer.Values.Take(LayerFamily.Convolution.Features.Count));
        Assert.Equal(2 * 20 * 12 * 2 * 6, layer.Macs);
        Assert.Equal(12, layer["outputChannels"]);
        Assert.Throws<KeyNotFoundException>(() => layer["sausages"]);
    }

    [Theory]
    [InlineData(Activation.None, 0, 0, 0, 0)]
    [InlineData(Activation.Rectify, 1, 0, 0, 0)]
    [InlineData(Activation.Clamp, 0, 1, 0, 0)]
    [InlineData(Activation.Saturating, 0, 0, 1, 0)]
    [InlineData(Activation.Exponential, 0, 0, 0, 1)]
    public void An_activation_counts_by_its_arithmetic(Activation activation, double rectified, double clamped, double saturated, double exponential)
    {
        var layer = TimeModel.Layers.MatrixProduct(1, 2, 3, 4, activation: activation);

        Assert.Equal((rectified, clamped, saturated, exponential), (layer["rectified"], layer["clamped"], layer["saturated"], layer["exponential"]));
        Assert.Equal((8 * saturated, 8 * exponential), (layer["saturations"], layer["exponentials"]));
    }

    [Fact]
    public void A_convolution_takes_over_the_work_of_layers_it_absorbs()
    {
        var layer = TimeModel.Layers.InNetwork(Example.Convolution(8, 8), [("Add", 2), ("Relu", 1)], new LayerMemory(5000, 0, 0));

        Assert.Equal((1, 1, 0, 0, 5000), (layer["added"], layer["rectified"], layer["clamped"], layer["exponential"], layer["networkBytes"]));
        Assert.Equal(16 * 8, layer["rectifications"]);
        Assert.Equal(4 * 16 * 8, layer["addedBytes"]);
        Assert.Equal(5000, TimeModel.Layers.InNetwork(Example.Relu(16), [("Add", 2)], new LayerMemory(5000, 0, 0))["networkBytes"]);
    }

    [Fact]
    public void Bytes_of_weights_are_those_one_run_reads()
    {
        Assert.Equal(4 * 8 * 12 * 9, Example.Convolution(8, 12).WeightBytes);
        Assert.Equal(4 * 3 * 5, TimeModel.Layers.MatrixProduct(1, 2, 3, 5).WeightBytes);
        Assert.Equal(4 * ((16 * 16) + (3 * 16)), TimeModel.Layers.Recurrent("GRU", 7, 1, 3, 16, 1).WeightBytes);
        Assert.Equal(0, Example.Relu(16).WeightBytes);
    }

    [Fact]
    public void A_layer_comes_back_from_its_features()
    {
        var layer = Example.Convolution(8, 12);
        var family = layer.Family;

        Assert.Equal(layer.Values, TimeModel.Layers.FromFeatures(layer.Kind, family, [.. layer.Values.Take(family.Features.Count)]).Values);
        Assert.Throws<ArgumentException>(() => TimeModel.Layers.FromFeatures(layer.Kind, family, [1, 2]));
    }

    [Fact]
    public void A_matrix_product_tells_whether_its_right_side_is_constant()
    {
        Assert.Equal("MatrixProduct", TimeModel.Layers.MatrixProduct(1, 2, 3, 4).Kind);
        Assert.Equal("DynamicMatrixProduct", TimeModel.Layers.MatrixProduct(1, 2, 3, 4, constantRight: false).Kind);
        Assert.Equal(24, TimeModel.Layers.MatrixProduct(1, 2, 3, 4).Macs);
    }

    [Fact]
    public void Every_quantity_of_every_family_is_made_of_features_of_that_family()
    {
        foreach (var family in LayerFamily.All)
        {
            Assert.Same(family, LayerFamily.Find(family.Name));
            Assert.All(family.Quantities, quantity => Assert.All(quantity.Factors, factor => Assert.True(family.IndexOf(factor) >= 0)));
            Assert.Equal(family.Descriptors.Count, family.Descriptors.Distinct().Count());
            Assert.All(family.Quantities, quantity => Assert.True(family.IndexOf(quantity.Name) >= 0));
        }
    }

    private static long[] Sizes(long size, int axes) => [.. Enumerable.Repeat(size, axes)];
}
