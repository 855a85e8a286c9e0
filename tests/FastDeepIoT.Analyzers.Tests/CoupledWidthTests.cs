using Microsoft.CodeAnalysis;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class CoupledWidthTests
{
    [Fact]
    public Task Fix_changes_the_next_layer_along() => Check.Statements("""
        Sequential(Conv2d(64, {|FDI1001:63|}, 3), ReLU(), Conv2d({|FDI1001:63|}, 64, 3));
        """).FixedTo(Check.Method("""
        Sequential(Conv2d(64, 64, 3), ReLU(), Conv2d(64, 64, 3));
        """), "Change 63 to 64 in 2 places (predicted 32% faster)").Run();

    [Fact]
    public Task Second_fix_is_the_narrower_width() => Check.Statements("""
        Sequential(Conv2d(64, {|FDI1001:63|}, 3), ReLU(), Conv2d({|FDI1001:63|}, 64, 3));
        """).FixedTo(Check.Method("""
        Sequential(Conv2d(64, 56, 3), ReLU(), Conv2d(56, 64, 3));
        """), "Change 63 to 56 in 2 places (predicted 41% faster)", index: 1).Run();

    [Fact]
    public Task Message_names_what_must_change_along() => Check.Statements("""
        Sequential(("a", Conv2d(64, {|#0:63|}, 3)), ("b", BatchNorm2d(63)), ("c", Conv2d({|FDI1001:63|}, 64, 1)));
        """).ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
            "Conv2d(64 → 63, 3×3): predicted 1.48× slower than with 64 output channels on 'synthetic' (±5%); 56 are 1.69× faster; "
            + "to change along: Conv2d(63 → 64, 1×1), BatchNorm2d(63)").Run();

    [Fact]
    public Task Normalizations_change_along() => Check.Statements("""
        Sequential(("a", Conv2d(64, {|FDI1001:63L|}, 3)), ("b", BatchNorm2d(num_features: 63)), ("c", GroupNorm(1, 63)), ("d", PReLU(63)), ("e", Conv2d({|FDI1001:63|}, 64, 1)));
        """).FixedTo(Check.Method("""
        Sequential(("a", Conv2d(64, 64L, 3)), ("b", BatchNorm2d(num_features: 64)), ("c", GroupNorm(1, 64)), ("d", PReLU(64)), ("e", Conv2d(64, 64, 1)));
        """), "Change 63 to 64 in 5 places (predicted 32% faster)").Run();

    [Fact]
    public Task Depthwise_layer_between_others_changes_all_its_numbers() => Check.Statements("""
        Sequential(Conv2d(64, {|FDI1001:63|}, 1), Conv2d({|FDI1001:63|}, 63, 3, padding: 1, groups: 63), Conv2d({|FDI1001:63|}, 64, 1));
        """).FixedTo(Check.Method("""
        Sequential(Conv2d(64, 64, 1), Conv2d(64, 64, 3, padding: 1, groups: 64), Conv2d(64, 64, 1));
        """), "Change 63 to 64 in 5 places (predicted 41% faster)").Run();

    [Theory]
    [InlineData("3150", "3200")]
    [InlineData("63 * 50", "64 * 50")]
    [InlineData("5 * 10 * 63", "5 * 10 * 64")]
    public Task Linear_behind_flatten_changes_in_proportion(string before, string after) => Check.Statements($$"""
        Sequential(Conv2d(64, {|FDI1001:63|}, 3), AdaptiveAvgPool2d((5, 10)), Flatten(), Linear({|FDI1001:{{before}}|}, 64));
        """).FixedTo(Check.Method($$"""
        Sequential(Conv2d(64, 64, 3), AdaptiveAvgPool2d((5, 10)), Flatten(), Linear({{after}}, 64));
        """), "Change 63 to 64 in 2 places (predicted 32% faster)").Run();

    [Fact]
    public Task Constant_is_changed_where_it_is_declared() => Check.Code("""
        using TorchSharp;
        using static TorchSharp.torch.nn;
        class Some
        {
            private const int Width = 63;
            object Make() => Sequential(Conv2d(64, {|FDI1001:Width|}, 3), BatchNorm2d(Width), Conv2d({|FDI1001:Width|}, 64, 3));
        }
        """).FixedTo("""
        using TorchSharp;
        using static TorchSharp.torch.nn;
        class Some
        {
            private const int Width = 64;
            object Make() => Sequential(Conv2d(64, Width, 3), BatchNorm2d(Width), Conv2d(Width, 64, 3));
        }
        """, "Change 63 to 64 (predicted 32% faster)").Run();

    [Fact]
    public Task Constant_couples_all_layers_that_use_it() => Check.Statements("""
        const int w = 63; Sequential(Conv2d(64, {|FDI1001:w|}, 3), Conv2d({|FDI1001:w|}, w, 3), Conv2d({|FDI1001:w|}, 64, 3));
        """).FixedTo(Check.Method("""
        const int w = 64; Sequential(Conv2d(64, w, 3), Conv2d(w, w, 3), Conv2d(w, 64, 3));
        """), "Change 63 to 64 (predicted 41% faster)").Run();

    [Theory]
    [InlineData("var one = Conv2d(64, {|FDI1001:63|}, 3);")]
    [InlineData("Sequential(Conv2d({|FDI1001:63|}, 64, 3), Conv2d(64, {|FDI1001:63|}, 3));")]
    [InlineData("Sequential(Conv2d(64, {|FDI1001:63|}, 3), Flatten(), Linear(1000, 64));")]
    [InlineData("Sequential(Conv2d(64, {|FDI1001:63|}, 3), BatchNorm2d(unknown), Conv2d({|FDI1001:63|}, 64, 3));")]
    [InlineData("Sequential(Conv2d(64, {|FDI1001:63|}, 3), ChannelShuffle(3), Conv2d({|FDI1001:63|}, 64, 3));")]
    [InlineData("Sequential(Conv2d(64, {|FDI1001:32 + 31|}, 3), Conv2d({|FDI1001:63|}, 64, 3));")]
    [InlineData("const int w = 63; Sequential(Conv2d(64, {|FDI1001:w|}, 3), Conv2d({|FDI1001:w|}, 64, 3)); torch.zeros(w);")]
    [InlineData("Sequential(Conv2d(64, {|FDI1001:63|}, 3), Other(), Conv2d({|FDI1001:63|}, 64, 3));")]
    [InlineData("var list = new System.Collections.Generic.List<Module<Tensor, Tensor>> { Conv2d(64, {|FDI1001:63|}, 3), Conv2d({|FDI1001:63|}, 64, 3) }; Sequential(list);")]
    public Task No_fix_where_a_number_that_must_follow_is_not_sure(string statement) => Check.Code(
        Check.Method(statement).Replace("class Some\n{", "class Some\n{\n    Module<Tensor, Tensor> Other() => null;")).NotFixed().Run();

    [Fact]
    public Task Constant_that_others_can_see_is_not_changed() => Check.Code("""
        using TorchSharp;
        using static TorchSharp.torch.nn;
        class Some
        {
            public const int Width = 63;
            object Make() => Sequential(Conv2d(64, {|FDI1001:Width|}, 3), Conv2d({|FDI1001:Width|}, 64, 3));
        }
        """).NotFixed().Run();

    [Fact]
    public Task Width_that_slows_its_neighbours_more_than_it_helps_is_not_reported() => Check.Code(Check.Method("""
        Sequential(Conv2d(64, 60, 3), Conv2d(60, 64, 1));
        """), SyntheticDevice.Disagreeing).Run();

    [Fact]
    public Task Nested_and_named_sequences_are_one_chain() => Check.Statements("""
        var block = Sequential(BatchNorm2d(63), ReLU(), Conv2d({|FDI1001:63|}, 64, 3)); Sequential(Conv2d(64, {|FDI1001:63|}, 3), block);
        """).FixedTo(Check.Method("""
        var block = Sequential(BatchNorm2d(64), ReLU(), Conv2d(64, 64, 3)); Sequential(Conv2d(64, 64, 3), block);
        """), "Change 63 to 64 in 3 places (predicted 32% faster)").Run();
}
