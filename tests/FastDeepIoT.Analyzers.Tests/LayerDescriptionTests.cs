using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>Layers of a library nobody but its description knows.</summary>
public sealed class LayerDescriptionTests
{
    private const string Library = """
        namespace Acme.Nn
        {
            public enum Border { Valid, Same }
            public class Dense { public Dense(int fanIn, int fanOut, string activation = "relu") { } public Dense(string saved) { } }
            public class Grid<T> { public class Conv { public Conv(int filters, int size, int channels, int[] strides = null, Border border = Border.Valid) { } } }
            public static class Layers
            {
                public static object PerChannel(long channels) => null;
                public static object Memory(int units, int features, bool both = false) => null;
            }
        }
        """;

    private const string Descriptions = """
        {"format": 1, "layers": [
          {"method": "Acme.Nn.Dense", "kind": "Linear", "parameters": {"inputs": "fanIn", "outputs": "fanOut"}},
          {"method": "Acme.Nn.Grid.Conv", "kind": "Conv2d",
           "parameters": {"inputs": "channels", "outputs": "filters", "kernel": "size", "stride": "strides", "padding": "border"}},
          {"method": "Acme.Nn.Layers.PerChannel", "kind": "Conv2d",
           "parameters": {"inputs": "channels", "outputs": "channels", "groups": "channels", "kernel": 3, "keepsSize": true}},
          {"method": "Acme.Nn.Layers.Memory", "kind": "GRU", "parameters": {"inputs": "features", "hidden": "units", "bidirectional": "both"}}
        ]}
        """;

    [Theory]
    [InlineData("new Dense(64, {|FDI1001:63|});")]
    [InlineData("new Acme.Nn.Dense(fanOut: {|FDI1001:63|}, fanIn: 64);")]
    [InlineData("Dense d = new(64, {|FDI1001:63|}, \"tanh\");")]
    [InlineData("const int w = 63; new Dense(64, {|FDI1001:w|});")]
    [InlineData("new Grid<int>.Conv({|FDI1001:63|}, 3, 64);")]
    [InlineData("new Grid<float>.Conv(64, 3, {|FDI1001:63|}, new[] { 2, 2 }, Border.Same);")]
    [InlineData("Layers.PerChannel({|FDI1001:63|});")]
    [InlineData("Layers.Memory({|FDI1005:63|}, 64, both: true);")]
    public Task Width_of_a_described_layer_is_judged(string statement) => Code(statement).Run();

    [Theory]
    [InlineData("new Dense(64, 64);")]
    [InlineData("new Dense(\"saved\");")]
    [InlineData("new Dense(64, unknown);")]
    [InlineData("new Grid<int>.Conv(63, unknown, 64);")]
    [InlineData("new Grid<int>.Conv(63, 3, 64, border: (Border)unknown);")]
    [InlineData("Layers.Memory(63, 64, unknown > 1);")]
    [InlineData("new System.Text.StringBuilder(63);")]
    public Task Silent_otherwise(string statement) => Code(statement).Run();

    [Fact]
    public Task Message_names_it_as_the_code_does() => Code("Layers.PerChannel({|#0:63|});").ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
        "PerChannel(63, 3×3, depthwise): predicted 4.92× slower than with 64 channels on 'synthetic' (±7%); 60 are 5.25× faster").Run();

    [Theory]
    [InlineData("""{"format": 2, "layers": []}""", "line 1: expected format 1")]
    [InlineData("""{"format": 1, "layers": [{"method": "A.B", "kind": "Dense", "parameters": {}}]}""",
        "line 1: expected one of Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d, Linear, Bilinear, Embedding, LSTM, GRU, RNN, "
        + "LSTMCell, GRUCell, RNNCell, MultiheadAttention, TransformerEncoderLayer, TransformerDecoderLayer, Transformer")]
    [InlineData("""{"format": 1, "layers": [{"method": "A.B", "kind": "Linear", "parameters": {"inputs": "a"}}]}""",
        "line 1: expected a member 'outputs', which Linear needs")]
    [InlineData("""{"format": 1, "layers": [{"method": "A.B", "kind": "Linear", "parameters": {"inputs": "a", "outputs": "b", "kernel": 3}}]}""",
        "line 1: expected one of inputs, outputs, not 'kernel'")]
    public Task Unreadable_description_is_told(string text, string problem) => Code("", text)
        .Expect(new DiagnosticResult("FDI1008", DiagnosticSeverity.Warning).WithSpan("/0/acme.fastdeepiot.layers.json", 1, 1, 1, 1)
            .WithMessage($"Not a readable description of layers: {problem}.")).Run();

    [Fact]
    public Task Method_of_TorchSharp_code_is_followed_like_a_factory() => Check.Code("""
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        static class Own { public static Module<Tensor, Tensor> Block(long from, long to) => null; }
        class Some { object Make() => Sequential(Own.Block(64, {|FDI1001:63|}), ReLU(), Conv2d({|FDI1001:63|}, 64, 1)); }
        """)
        .WithFile("/0/own.fastdeepiot.layers.json", """
            {"format": 1, "layers": [{"method": "Own.Block", "kind": "Conv2d", "parameters": {"inputs": "from", "outputs": "to", "kernel": 3, "padding": 1}}]}
            """)
        .FixedTo("""
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        static class Own { public static Module<Tensor, Tensor> Block(long from, long to) => null; }
        class Some { object Make() => Sequential(Own.Block(64, 64), ReLU(), Conv2d(64, 64, 1)); }
        """, "Change 63 to 64 in 2 places (predicted 32% faster)").Run();

    private static Check<CodeFixes.WidthCodeFix> Code(string statement, string descriptions = Descriptions) => Check.CodeWithoutTorchSharp($$"""
        using Acme.Nn;
        class Some { void Method(int unknown) { {{statement}} } }
        {{Library}}
        """).WithFile("/0/acme.fastdeepiot.layers.json", descriptions);
}
