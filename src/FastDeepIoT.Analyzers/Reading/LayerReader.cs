using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads calls as the layers they make; null for a call whose numbers are not all sure.</summary>
internal static class LayerReader
{
    private static readonly LayerParameter[] _window =
        [LayerParameter.Stride, LayerParameter.Padding, LayerParameter.KeepsSize, LayerParameter.Dilation, LayerParameter.Groups, LayerParameter.PaddingMode];

    private static readonly Dictionary<string, LayerKind> _kinds = new LayerKind[]
    {
        Convolution("Conv1d", rank: 1),
        Convolution("Conv2d", rank: 2),
        Convolution("Conv3d", rank: 3),
        Convolution("ConvTranspose1d", rank: 1, transposed: true),
        Convolution("ConvTranspose2d", rank: 2, transposed: true),
        Convolution("ConvTranspose3d", rank: 3, transposed: true),
        new("Linear", ReadLinear, [LayerParameter.Inputs, LayerParameter.Outputs], []),
        new("Bilinear", ReadBilinear, [LayerParameter.Inputs, LayerParameter.OtherInputs, LayerParameter.Outputs], []),
        new("Embedding", ReadEmbedding, [LayerParameter.Outputs], [LayerParameter.Items]),
        Recurrent("LSTM"),
        Recurrent("GRU"),
        Recurrent("RNN"),
        Cell("LSTM"),
        Cell("GRU"),
        Cell("RNN"),
        new("MultiheadAttention", ReadAttention, [LayerParameter.Embedding, LayerParameter.Heads], [LayerParameter.Keys, LayerParameter.Values]),
        Transformer("TransformerEncoderLayer", arguments => ReadTransformer(arguments, encoders: 1, decoders: 0)),
        Transformer("TransformerDecoderLayer", arguments => ReadTransformer(arguments, encoders: 0, decoders: 1)),
        Transformer(
            "Transformer", arguments => ReadTransformer(arguments, arguments.Number(LayerParameter.Encoders), arguments.Number(LayerParameter.Decoders)),
            LayerParameter.Encoders, LayerParameter.Decoders),
    }.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The kinds of layers with widths.</summary>
    internal static IReadOnlyCollection<LayerKind> Kinds => _kinds.Values;

    /// <summary>The kind of that name, or null.</summary>
    internal static LayerKind? Find(string kind) => _kinds.TryGetValue(kind, out var found) ? found : null;

    /// <summary>The layer a call makes, or null.</summary>
    internal static ConstructedLayer? Read(LayerSignature signature, Arguments arguments) =>
        _kinds[signature.Kind].Read(new LayerArguments(signature, arguments)) is { Shape.IsPossible: true } layer ? layer : null;

    /// <summary>Where the channels or features that a layer reads and writes are written.</summary>
    internal static Dictionary<WidthRole, IReadOnlyList<IOperation>> InputsAndOutputs(LayerArguments arguments) => new()
    {
        [WidthRole.Inputs] = arguments.Where(LayerParameter.Inputs),
        [WidthRole.Outputs] = arguments.Where(LayerParameter.Outputs),
    };

    private static LayerKind Convolution(string name, int rank, bool transposed = false) => new(
        name, arguments => ConvolutionReader.Read(arguments, rank, transposed), [LayerParameter.Inputs, LayerParameter.Outputs, LayerParameter.Kernel],
        transposed ? [.. _window, LayerParameter.OutputPadding] : _window);

    private static LayerKind Recurrent(string name) => new(
        name, arguments => ReadRecurrent(arguments, name, isCell: false), [LayerParameter.Inputs, LayerParameter.Hidden],
        [LayerParameter.Layers, LayerParameter.Bidirectional]);

    private static LayerKind Cell(string name) =>
        new($"{name}Cell", arguments => ReadRecurrent(arguments, name, isCell: true), [LayerParameter.Inputs, LayerParameter.Hidden], []);

    private static LayerKind Transformer(string name, Func<LayerArguments, ConstructedLayer?> read, params LayerParameter[] more) =>
        new(name, read, [LayerParameter.Embedding, LayerParameter.Heads, LayerParameter.FeedForward, .. more], []);

    private static ConstructedLayer? ReadLinear(LayerArguments arguments) =>
        arguments.Number(LayerParameter.Inputs) is { } inputs && arguments.Number(LayerParameter.Outputs) is { } outputs
            ? new ConstructedLayer(new LinearLayer(arguments.Method, inputs, outputs), InputsAndOutputs(arguments))
            : null;

    private static ConstructedLayer? ReadBilinear(LayerArguments arguments)
    {
        if (arguments.Number(LayerParameter.Inputs) is not { } inputs || arguments.Number(LayerParameter.OtherInputs) is not { } others) return null;
        if (arguments.Number(LayerParameter.Outputs) is not { } outputs) return null;

        var written = InputsAndOutputs(arguments);
        written.Add(WidthRole.OtherInputs, arguments.Where(LayerParameter.OtherInputs));
        return new ConstructedLayer(new BilinearLayer(arguments.Method, inputs, others, outputs), written);
    }

    private static ConstructedLayer? ReadEmbedding(LayerArguments arguments) =>
        arguments.Number(LayerParameter.Outputs) is { } features
            ? new ConstructedLayer(
                new EmbeddingLayer(arguments.Method, arguments.Number(LayerParameter.Items), features),
                new() { [WidthRole.Outputs] = arguments.Where(LayerParameter.Outputs) })
            : null;

    private static ConstructedLayer? ReadRecurrent(LayerArguments arguments, string kind, bool isCell)
    {
        if (arguments.Number(LayerParameter.Inputs) is not { } inputs || arguments.Number(LayerParameter.Hidden) is not { } hidden) return null;
        if (arguments.Number(LayerParameter.Layers, 1) is not { } stacked || arguments.Flag(LayerParameter.Bidirectional) is not { } isBidirectional)
            return null;

        var shape = new RecurrentLayer(arguments.Method, kind, inputs, hidden)
        {
            IsCell = isCell,
            Stacked = stacked,
            Directions = isBidirectional ? 2 : 1,
        };
        return new ConstructedLayer(shape, new()
        {
            [WidthRole.Inputs] = arguments.Where(LayerParameter.Inputs),
            [WidthRole.Hidden] = arguments.Where(LayerParameter.Hidden),
        });
    }

    private static ConstructedLayer? ReadAttention(LayerArguments arguments)
    {
        if (arguments.Number(LayerParameter.Embedding) is not { } embedding || arguments.Number(LayerParameter.Heads) is not { } heads) return null;

        var (keys, values) = (arguments.Number(LayerParameter.Keys), arguments.Number(LayerParameter.Values));
        if (keys is null && arguments.Written(LayerParameter.Keys) is not null) return null;
        if (values is null && arguments.Written(LayerParameter.Values) is not null) return null;

        return new ConstructedLayer(
            new AttentionLayer(arguments.Method, embedding, heads, keys, values),
            new() { [WidthRole.Embedding] = arguments.Where(LayerParameter.Embedding) });
    }

    private static ConstructedLayer? ReadTransformer(LayerArguments arguments, long? encoders, long? decoders)
    {
        if (arguments.Number(LayerParameter.Embedding) is not { } embedding || arguments.Number(LayerParameter.Heads) is not { } heads) return null;
        if (arguments.Number(LayerParameter.FeedForward) is not { } feedForward || encoders is null || decoders is null) return null;

        var shape = new TransformerLayer(arguments.Method, embedding, heads, feedForward)
        {
            Encoders = encoders.Value,
            Decoders = decoders.Value,
        };
        return new ConstructedLayer(shape, new()
        {
            [WidthRole.Embedding] = arguments.Where(LayerParameter.Embedding),
            [WidthRole.FeedForward] = arguments.Where(LayerParameter.FeedForward),
        });
    }
}
