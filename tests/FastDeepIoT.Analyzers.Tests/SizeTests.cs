using FastDeepIoT.Analyzers.CodeFixes;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>A device on which a width is only slow where the input is large.</summary>
public sealed class SizeTests
{
    [Fact]
    public Task Silent_when_the_cliff_depends_on_a_size_that_is_not_known() =>
        Code("Sequential(Conv2d(64, 63, 3), ReLU());").Run();

    [Theory]
    [InlineData("3x224x224", "Sequential(Conv2d(3, {|FDI1001:63|}, 3), ReLU());")]
    [InlineData("3x224x224", "Sequential(Conv2d(3, 64, 3), MaxPool2d(2), Conv2d(64, {|FDI1001:63|}, 3, stride: 2), Conv2d(63, {|FDI1001:63|}, 1));")]
    [InlineData("3x224x224", "Sequential(Conv2d(3, 64, 3), MaxPool2d(16), Conv2d(64, 63, 3));")]
    [InlineData("3x224x224", "Sequential(Conv2d(3, 64, 3), AdaptiveAvgPool2d(1), Conv2d(64, 63, 1));")]
    [InlineData("3x16x16", "Sequential(Conv2d(3, 63, 3), ReLU());")]
    [InlineData("3x16x16", "Sequential(Conv2d(3, 64, 3), ConvTranspose2d(64, 64, 8, stride: 8), Conv2d(64, {|FDI1001:63|}, 3));")]
    [InlineData("1x224x224", "Sequential(Conv2d(3, 63, 3), ReLU());")]
    [InlineData("224", "Sequential(Conv2d(3, 63, 3), ReLU());")]
    public Task Sizes_are_tracked_from_the_declared_input(string shape, string statement) => Code(statement)
        .WithConfig("/0/.editorconfig", $"root = true\n[*.cs]\nfastdeepiot_input_shape = {shape}\n").Run();

    [Fact]
    public Task Shape_may_be_declared_by_property() => Code("Sequential(Conv2d(3, {|FDI1001:63|}, 3), ReLU());")
        .WithConfig("/.globalconfig", "is_global = true\nbuild_property.FastDeepIoTInputShape = 3x224x224\n").Run();

    [Theory]
    [InlineData("3, 224, 224", "{|FDI1001:63|}")]
    [InlineData("3, 16, 16", "63")]
    public Task Shape_may_be_declared_by_an_attribute(string shape, string width) => Check.Code($$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        sealed class InputShapeAttribute(params int[] axes) : Attribute { public int[] Axes => axes; }
        [InputShape({{shape}})]
        class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> _stem = Conv2d(3, {{width}}, 3);
            public Model() : base("model") => RegisterComponents();
            public override Tensor forward(Tensor x) => _stem.forward(x);
        }
        """, OnlyLarge).Run();

    [Fact]
    public Task Message_gives_the_range_over_sizes() => Check.Code(Check.Method("Conv2d(64, {|#0:63|}, 3);"), Growing)
        .ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
            "Conv2d(64 → 63, 3×3): predicted 1.97× slower than with 64 output channels on 'growing' (±5%; 1.48× to 1.97× over input sizes); "
            + "56 are 2.25× faster").Run();

    private static Check<WidthCodeFix> Code(string statement) => Check.Code(Check.Method(statement), OnlyLarge);

    private static DeviceModel OnlyLarge { get; } = BySize("large", 1, 1.5);

    private static DeviceModel Growing { get; } = BySize("growing", 1.5, 2);

    private static DeviceModel BySize(string name, double small, double large) => SyntheticDevice.Device(name,
        new[] { "Convolution2D", "TransposedConvolution2D" }.Select(kind => SyntheticDevice.Kind(kind, LayerFamily.Convolution, new Tree<Regression>(
            new Condition("inputPositions", LayerFamily.Convolution.IndexOf("inputPositions"), IsMultiple: false, 400),
            Steps(small), Steps(large)))));

    private static Tree<Regression> Steps(double slow)
    {
        var fast = SyntheticDevice.Leaf(LayerFamily.Convolution, 1, most: 100_000);
        var output = LayerFamily.Convolution.IndexOf("outputChannels");
        return new Tree<Regression>(new Condition("outputChannels", output, IsMultiple: true, 8), new Tree<Regression>(fast),
            new Tree<Regression>(fast with { Terms = [fast.Terms[0] with { NanosecondsPerUnit = slow }] }));
    }
}
