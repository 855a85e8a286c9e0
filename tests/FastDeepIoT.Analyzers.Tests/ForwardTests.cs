using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class ForwardTests
{
    [Fact]
    public Task Layers_in_fields_are_followed_through_forward() =>
        Check.Code(Model(63, "x = relu(_bn.call(_first.forward(x))); return _second.forward(x);"))
        .FixedTo(Model(64, "x = relu(_bn.call(_first.forward(x))); return _second.forward(x);"), Title(3)).Run();

    [Theory]
    [InlineData("var y = _first.call(x); y = _bn.call(y); using var z = functional.relu(y); return _second.call(z).relu();")]
    [InlineData("using (torch.NewDisposeScope()) { var y = _bn.forward(_first.forward(x)); return _second.forward(y).MoveToOuterDisposeScope(); }")]
    [InlineData("var y = _bn.forward(_first.forward(x)); return _second.forward(y + y.sigmoid());")]
    [InlineData("var y = functional.max_pool2d(_bn.forward(_first.forward(x)), 2); var n = y.shape[0]; return _second.forward(y);")]
    [InlineData("for (var i = 0; i < 2; i++) x = _second.forward(_bn.forward(_first.forward(x))); return x;")]
    public Task Straight_line_code_is_understood(string body) =>
        Check.Code(Model(63, body)).FixedTo(Model(64, body), Title(3)).Run();

    [Theory]
    [InlineData("var y = _bn.forward(_first.forward(x)); Some(y); return _second.forward(y);")]
    [InlineData("var y = _bn.forward(_first.forward(x)); if (y.shape[0] > 1) y = y[0]; return _second.forward(y);")]
    [InlineData("var y = _bn.forward(_first.forward(x)); return _second.forward(torch.cat(new[] { y }, 1));")]
    [InlineData("var y = _bn.forward(_first.forward(x)); return _second.forward(y) + y;")]
    [InlineData("var y = _bn.forward(_first.forward(x)); _first.weight = null; return _second.forward(y);")]
    [InlineData("for (var i = 0; i < 2; i++) { var y = _bn.forward(_first.forward(x)); x = _second.forward(y); } return x;")]
    [InlineData("return x;")]
    [InlineData("var y = _bn.forward(_first.forward(x)); System.Func<Tensor> f = () => _first.forward(x); return _second.forward(y);")]
    public Task No_fix_for_code_that_is_not_understood(string body) => Check.Code(Model(63, body)).NotFixed().Run();

    [Fact]
    public Task Layers_assigned_in_the_constructor_are_followed() =>
        Check.Code(Constructed(63)).FixedTo(Constructed(64), Title(2)).Run();

    [Theory]
    [InlineData("_first = Conv2d({0})!;")]
    [InlineData("_first = (Conv2d({0}));")]
    [InlineData("_first = null!; _first = Conv2d({0});")]
    [InlineData("_first = (Module<Tensor, Tensor>)(Conv2d({0})!);")]
    public Task Layers_are_found_in_what_surrounds_them(string assignment)
    {
        string Code(int width) => Constructed(width).Replace($"_first = Conv2d(64, {Mark(width)}, 3);", assignment.Replace("{0}", $"64, {Mark(width)}, 3"));
        return Check.Code(Code(63)).FixedTo(Code(64), Title(2)).Run();
    }

    [Fact]
    public Task No_fix_for_a_field_assigned_twice() =>
        Check.Code(Constructed(63).Replace("RegisterComponents();", "_first = Identity();")).NotFixed().Run();

    [Fact]
    public Task No_fix_for_a_layer_others_can_call() =>
        Check.Code(Constructed(63).Replace("private readonly", "internal readonly")).NotFixed().Run();

    [Theory]
    [InlineData("x.view(-1, 3150)", "x.view(-1, 3200)", 3)]
    [InlineData("x.reshape(new long[] { x.shape[0], 3150 })", "x.reshape(new long[] { x.shape[0], 3200 })", 3)]
    [InlineData("x.view([x.size(0), 63 * 50])", "x.view([x.size(0), 64 * 50])", 3)]
    [InlineData("x.view(x.size(0), -1)", "x.view(x.size(0), -1)", 2)]
    [InlineData("x.flatten(1)", "x.flatten(1)", 2)]
    [InlineData("torch.flatten(x, start_dim: 1)", "torch.flatten(x, start_dim: 1)", 2)]
    public Task Features_behind_a_reshape_change_along(string before, string after, int places) =>
        Check.Code(Reshaped(63, 3150, before)).FixedTo(Reshaped(64, 3200, after), Title(places)).Run();

    [Theory]
    [InlineData("x.flatten()")]
    [InlineData("x.view(-1, 50, 63)")]
    [InlineData("x.view(-1, 1000)")]
    [InlineData("x.view(3150, -1)")]
    public Task No_fix_behind_other_reshapes(string reshape) => Check.Code(Reshaped(63, 3150, reshape)).NotFixed().Run();

    [Fact]
    public Task Top_level_statements_are_followed() => Check.Code(TopLevel(63)).TopLevel().FixedTo(TopLevel(64), Title(2)).Run();

    private static string Title(int places) => $"Change 63 to 64 in {places} places (predicted 32% faster)";

    private static string Mark(int width) => width == 63 ? "{|FDI1001:63|}" : $"{width}";

    private static string Model(int width, string body) => $$"""
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        using static TorchSharp.torch.nn.functional;
        class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d _first = Conv2d(64, {{Mark(width)}}, 3);
            private readonly BatchNorm2d _bn = BatchNorm2d({{width}});
            private readonly Module<Tensor, Tensor> _second = Conv2d({{Mark(width)}}, 64, 3);

            public Model() : base("model") => RegisterComponents();

            public override Tensor forward(Tensor x) { {{body}} }

            private void Some(Tensor x) { }
        }
        """;

    private static string Constructed(int width) => $$"""
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> _first;
            private readonly Module<Tensor, Tensor> _second;

            public Model() : base("model")
            {
                _first = Conv2d(64, {{Mark(width)}}, 3);
                this._second = Sequential(("conv", Conv2d({{Mark(width)}}, 64, 3)));
                register_module("second", _second);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => _second.call(this._first.call(input));
        }
        """;

    private static string Reshaped(int width, int features, string reshape) => $$"""
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> _first = Conv2d(64, {{Mark(width)}}, 3);
            private readonly Module<Tensor, Tensor> _second = Linear({{(width == 63 ? "{|FDI1001:3150|}" : $"{features}")}}, 64);

            public Model() : base("model") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                x = _first.forward(x);
                x = {{reshape}};
                return _second.forward(x);
            }
        }
        """;

    private static string TopLevel(int width) => $$"""
        using TorchSharp;
        using static TorchSharp.torch.nn;
        var first = Conv2d(64, {{Mark(width)}}, 3);
        var second = Conv2d({{Mark(width)}}, 64, 3);
        var y = second.forward(first.forward(torch.zeros(1, 64, 9, 9)));
        """;
}
