using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads calls of <c>torch.nn</c> factories as layers; null for a call whose numbers are not all sure.</summary>
internal static class LayerReader
{
    private static readonly string[] _inputs = ["in_channels", "inputChannel", "inputSize", "in_features"];
    private static readonly string[] _outputs = ["out_channels", "outputChannel", "outputSize", "out_features"];

    private static readonly Dictionary<string, Func<Arguments, ConstructedLayer?>> _readers = new(StringComparer.Ordinal)
    {
        ["Conv1d"] = arguments => ConvolutionReader.Read(arguments, rank: 1, transposed: false),
        ["Conv2d"] = arguments => ConvolutionReader.Read(arguments, rank: 2, transposed: false),
        ["Conv3d"] = arguments => ConvolutionReader.Read(arguments, rank: 3, transposed: false),
        ["ConvTranspose1d"] = arguments => ConvolutionReader.Read(arguments, rank: 1, transposed: true),
        ["ConvTranspose2d"] = arguments => ConvolutionReader.Read(arguments, rank: 2, transposed: true),
        ["ConvTranspose3d"] = arguments => ConvolutionReader.Read(arguments, rank: 3, transposed: true),
        ["Linear"] = ReadLinear,
        ["LSTM"] = arguments => ReadRecurrent(arguments, "LSTM", isCell: false),
        ["GRU"] = arguments => ReadRecurrent(arguments, "GRU", isCell: false),
        ["RNN"] = arguments => ReadRecurrent(arguments, "RNN", isCell: false),
        ["LSTMCell"] = arguments => ReadRecurrent(arguments, "LSTM", isCell: true),
        ["GRUCell"] = arguments => ReadRecurrent(arguments, "GRU", isCell: true),
        ["RNNCell"] = arguments => ReadRecurrent(arguments, "RNN", isCell: true),
        ["MultiheadAttention"] = ReadAttention,
        ["TransformerEncoderLayer"] = arguments => ReadTransformer(arguments, encoders: 1, decoders: 0),
        ["TransformerDecoderLayer"] = arguments => ReadTransformer(arguments, encoders: 0, decoders: 1),
        ["Transformer"] = arguments =>
            ReadTransformer(arguments, arguments.Number("num_encoder_layers"), arguments.Number("num_decoder_layers")),
    };

    /// <summary>Whether a method of that name constructs layers with widths.</summary>
    internal static bool Knows(string method) => _readers.ContainsKey(method);

    /// <summary>The layer a call constructs, or null.</summary>
    internal static ConstructedLayer? Read(IInvocationOperation call, Constants constants) =>
        _readers.TryGetValue(call.TargetMethod.Name, out var read)
        && read(new Arguments(call, constants)) is { Shape.IsPossible: true } layer
            ? layer
            : null;

    /// <summary>The channels or features a layer reads and writes, as TorchSharp names the parameters.</summary>
    internal static (long Inputs, long Outputs)? Widths(Arguments arguments) =>
        arguments.Number(_inputs) is { } inputs && arguments.Number(_outputs) is { } outputs ? (inputs, outputs) : null;

    /// <summary>Where those are written.</summary>
    internal static Dictionary<WidthRole, IReadOnlyList<IOperation>> InputsAndOutputs(Arguments arguments) => new()
    {
        [WidthRole.Inputs] = Where(arguments, _inputs),
        [WidthRole.Outputs] = Where(arguments, _outputs),
    };

    /// <summary>The expression written for a parameter, as a list; empty when the parameter is left to its default.</summary>
    internal static IReadOnlyList<IOperation> Where(Arguments arguments, params string[] names) =>
        arguments.Written(names) is { } value ? [value] : [];

    private static ConstructedLayer? ReadLinear(Arguments arguments) => Widths(arguments) is var (inputs, outputs)
        ? new ConstructedLayer(new LinearLayer(arguments.Method, inputs, outputs), InputsAndOutputs(arguments))
        : null;

    private static ConstructedLayer? ReadRecurrent(Arguments arguments, string kind, bool isCell)
    {
        if (arguments.Number("inputSize") is not { } inputs || arguments.Number("hiddenSize") is not { } hidden) return null;
        if (!isCell && (arguments.Number("numLayers") is null || arguments.Flag("bidirectional") is null)) return null;

        var shape = new RecurrentLayer(arguments.Method, kind, inputs, hidden)
        {
            IsCell = isCell,
            Stacked = isCell ? 1 : arguments.Number("numLayers")!.Value,
            Directions = !isCell && arguments.Flag("bidirectional") == true ? 2 : 1,
        };
        return new ConstructedLayer(shape, new()
        {
            [WidthRole.Inputs] = Where(arguments, "inputSize"),
            [WidthRole.Hidden] = Where(arguments, "hiddenSize"),
        });
    }

    private static ConstructedLayer? ReadAttention(Arguments arguments)
    {
        if (arguments.Number("embedded_dim") is not { } embedding || arguments.Number("num_heads") is not { } heads) return null;

        var keys = arguments.Number("kdim");
        var values = arguments.Number("vdim");
        if ((keys is null && arguments.Written("kdim") is not null) || (values is null && arguments.Written("vdim") is not null))
            return null;

        return new ConstructedLayer(
            new AttentionLayer(arguments.Method, embedding, heads, keys, values),
            new() { [WidthRole.Embedding] = Where(arguments, "embedded_dim") });
    }

    private static ConstructedLayer? ReadTransformer(Arguments arguments, long? encoders, long? decoders)
    {
        if (arguments.Number("d_model") is not { } embedding || arguments.Number("nhead") is not { } heads) return null;
        if (arguments.Number("dim_feedforward") is not { } feedForward || encoders is null || decoders is null) return null;

        var shape = new TransformerLayer(arguments.Method, embedding, heads, feedForward)
        {
            Encoders = encoders.Value,
            Decoders = decoders.Value,
        };
        return new ConstructedLayer(shape, new()
        {
            [WidthRole.Embedding] = Where(arguments, "d_model"),
            [WidthRole.FeedForward] = Where(arguments, "dim_feedforward"),
        });
    }
}
