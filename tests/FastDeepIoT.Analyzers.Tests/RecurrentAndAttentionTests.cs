using Microsoft.CodeAnalysis;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class RecurrentAndAttentionTests
{
    [Theory]
    [InlineData("LSTM(64, {|FDI1005:63|});")]
    [InlineData("LSTM(inputSize: 64, hiddenSize: {|FDI1005:63|}, numLayers: 2, bidirectional: true);")]
    [InlineData("GRU(64, {|FDI1005:63|}, batchFirst: true);")]
    [InlineData("RNN(64, {|FDI1005:63|}, 1, NonLinearities.ReLU);")]
    [InlineData("LSTMCell(64, {|FDI1005:63|});")]
    [InlineData("GRUCell(64, {|FDI1005:63|});")]
    [InlineData("RNNCell(64, {|FDI1005:63|});")]
    [InlineData("MultiheadAttention({|FDI1005:62|}, 2);")]
    [InlineData("TransformerEncoderLayer(64, 8, {|FDI1005:255|});")]
    [InlineData("TransformerDecoderLayer(d_model: {|FDI1005:62|}, nhead: 1, dim_feedforward: 256);")]
    [InlineData("Transformer(64, 8, 2, 2, {|FDI1005:255|});")]
    public Task Width_on_cliff_is_reported(string statement) => Check.Statements(statement).Run();

    [Theory]
    [InlineData("LSTM(64, 64);")]
    [InlineData("LSTM(64, 63, numLayers: unknown);")]
    [InlineData("GRU(64, 63, bidirectional: unknown > 1);")]
    [InlineData("MultiheadAttention(63, 2);")]
    [InlineData("MultiheadAttention(62, 2, kdim: unknown);")]
    [InlineData("TransformerEncoderLayer(64, 8);")]
    public Task Silent_otherwise(string statement) => Check.Statements(statement).Run();

    [Fact]
    public Task Message_speaks_of_hidden_units() => Check.Statements("LSTM(64, {|#0:63|}, numLayers: 2, bidirectional: true);")
        .ExpectMessage("FDI1005", DiagnosticSeverity.Warning,
            "LSTM(64 → 63, 2 layers, bidirectional): predicted 1.46× slower than with 64 hidden units on 'synthetic' (±4%); 56 are 1.85× faster")
        .Run();

    [Fact]
    public Task Attention_widths_stay_multiples_of_the_heads() => Check.Statements("MultiheadAttention({|#0:60|}, 4);")
        .ExpectMessage("FDI1005", DiagnosticSeverity.Warning,
            "MultiheadAttention(60, 4 heads): predicted 1.88× slower than with 64 embedding features on 'synthetic' "
            + "(±3%; 1.43× to 1.97× over input sizes); 56 are 2.43× faster")
        .Run();

    [Fact]
    public Task Feed_forward_width_is_nobody_elses() => Check.Statements("TransformerEncoderLayer(64, 8, {|FDI1005:255|});")
        .FixedTo(Check.Method("TransformerEncoderLayer(64, 8, 256);"), "Change 255 to 256 (predicted 24% faster)").Run();

    [Fact]
    public Task No_fix_for_widths_whose_readers_are_not_followed() =>
        Check.Statements("LSTM(64, {|FDI1005:63|});").NotFixed().Run();
}
