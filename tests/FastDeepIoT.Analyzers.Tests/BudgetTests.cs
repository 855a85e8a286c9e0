using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>A device on which a multiply-accumulate takes a nanosecond, an element of anything else too, and nothing else takes time.</summary>
public sealed class BudgetTests
{
    // 13,824 multiply-accumulates, 36,864 and 1,280, and twice 128 elements: 52,224 ns. (Taps over padding count as well.)
    private const string Small = "Sequential(Conv2d(3, 8, 3, padding: 1), BatchNorm2d(8), ReLU(), Conv2d(8, 8, 3, padding: 1), ReLU(), Dropout(), MaxPool2d(2), Flatten(), Linear(128, 10))";

    [Theory]
    [InlineData("60us", "Sequential")]
    [InlineData("52us", "{|FDI1004:Sequential|}")]
    [InlineData("0.05 ms", "{|FDI1004:Sequential|}")]
    [InlineData("soon", "Sequential")]
    public Task Budget_of_a_file_counts_for_every_sequence(string budget, string expected) =>
        Code(Check.Method(Small.Replace("Sequential", expected) + ";")).WithConfig("/0/.editorconfig", Config($"fastdeepiot_latency_budget = {budget}")).Run();

    [Fact]
    public Task Message_tells_time_device_budget_and_blame() =>
        Code(Check.Method(Small.Replace("Sequential", "{|#0:Sequential|}") + ";")).WithConfig("/0/.editorconfig", Config("fastdeepiot_latency_budget = 40us"))
        .ExpectMessage("FDI1004", DiagnosticSeverity.Warning,
            "Sequential of 9 modules: predicted 52.2 us (80% interval 51.0 us to 53.4 us) on 'plain', 30.6% over its budget of 40.0 us; "
            + "costliest: Conv2d(8 → 8, 3×3) 36.9 us, 71%; Conv2d(3 → 8, 3×3) 13.8 us, 26%; Linear(128 → 10) 1.28 us, 2.5%").Run();

    [Theory]
    [InlineData("[LatencyBudget(\"1us\")]", "", "{|FDI1004:Sequential|}", "Sequential")]
    [InlineData("", "[LatencyBudget(\"1us\")]", "{|FDI1004:Sequential|}", "{|FDI1004:Sequential|}")]
    [InlineData("[LatencyBudget(Limit)]", "[LatencyBudget(\"1us\")]", "Sequential", "{|FDI1004:Sequential|}")]
    [InlineData("[Obsolete]", "[LatencyBudget(\"1s\")]", "Sequential", "Sequential")]
    public Task Nearest_attribute_decides(string onField, string onType, string first, string second) => Code($$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        sealed class LatencyBudgetAttribute(string time) : Attribute { public string Time => time; }
        {{onType}}
        class Model
        {
            const string Limit = "1h";
            {{onField}}
            private readonly Module<Tensor, Tensor> _first = {{first}}(Linear(64, 64), ReLU());
            private readonly Module<Tensor, Tensor> _second = {{second}}(Linear(64, 64), Sequential(ReLU(), Linear(64, 64)));
        }
        """).Run();

    [Fact]
    public Task Shape_of_a_later_sequence_comes_from_the_one_before() => Code("""
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> _features = Sequential(Conv2d(3, 8, 3, padding: 1), ReLU(), MaxPool2d(2));
            private readonly Module<Tensor, Tensor> _more = {|FDI1004:Sequential|}(Conv2d(8, 8, 5, padding: 2), ReLU());
            public Model() : base("model") => RegisterComponents();
            public override Tensor forward(Tensor x) => _more.forward(_features.forward(x));
        }
        """).WithConfig("/0/.editorconfig", Config("fastdeepiot_latency_budget = 20us")).Run();

    [Theory]
    [InlineData("Sequential(Conv2d(3, 8, 3), SiLU());")]
    [InlineData("Sequential(Conv2d(3, unknown, 3));")]
    [InlineData("Sequential(Conv2d(4, 8, 3));")]
    [InlineData("Sequential(Conv2d(3, 8, 9));")]
    [InlineData("Sequential(Conv2d(3, 8, 3), Unfold(3));")]
    [InlineData("Sequential(Conv2d(3, 8, 3), ELU());")]
    [InlineData("Sequential(Conv1d(3, 8, 3));")]
    [InlineData("Sequential();")]
    public Task Silent_where_anything_is_not_known(string statement) =>
        Code(Check.Method(statement)).WithConfig("/0/.editorconfig", Config("fastdeepiot_latency_budget = 1ns")).Run();

    private static string Config(string setting) => $"root = true\n[*.cs]\nfastdeepiot_input_shape = 3x8x8\n{setting}\n";

    private static Check<CodeFixes.WidthCodeFix> Code(string code) => Check.Code(code, Plain);

    private static DeviceModel Plain { get; } = SyntheticDevice.Device("plain",
    [
        Kind("Convolution2D", LayerFamily.Convolution), Kind("MatrixProduct", LayerFamily.Matrix), PerElement("MaxPool"), PerElement("Reshape"),
    ]);

    private static KindModel Kind(string kind, LayerFamily family) => SyntheticDevice.Kind(kind, family, new Tree<Regression>(Leaf(family)));

    private static KindModel PerElement(string kind) => SyntheticDevice.Kind(kind, LayerFamily.Elements, new Tree<Regression>(Leaf(LayerFamily.Elements) with
    {
        Terms = [new Term(LayerFamily.Elements.FindQuantity("outputBytes"), [], 0.25)],
    }));

    private static Regression Leaf(LayerFamily family)
    {
        var leaf = SyntheticDevice.Leaf(family, 1, most: 1e6);
        return leaf with { Minimum = [.. leaf.Minimum.Select(_ => 0.0)] };
    }
}
