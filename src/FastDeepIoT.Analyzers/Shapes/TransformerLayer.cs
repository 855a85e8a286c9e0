using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>Transformer layers of one width: encoders attend once, decoders twice, and both end in two linear layers.</summary>
internal sealed record TransformerLayer(string Factory, long Embedding, long Heads, long FeedForward) : LayerShape(Factory)
{
    private const long DeepestStack = 100;
    private static readonly WidthRole[] _roles = [WidthRole.Embedding, WidthRole.FeedForward];

    internal long Encoders { get; init; }

    internal long Decoders { get; init; }

    internal override DiagnosticCode Rule => DiagnosticCode.RecurrentWidthOnCliff;

    internal override IReadOnlyList<WidthRole> Roles => _roles;

    internal override bool IsPossible =>
        base.IsPossible && Heads > 0 && Embedding % Heads == 0
        && Encoders >= 0 && Decoders >= 0 && Encoders + Decoders is > 0 and <= DeepestStack;

    internal override long this[WidthRole role] => role == WidthRole.Embedding ? Embedding : FeedForward;

    internal override string Key => $"{this}, {Encoders}, {Decoders}";

    internal override LayerShape With(WidthRole role, long width) =>
        role == WidthRole.Embedding ? this with { Embedding = width } : this with { FeedForward = width };

    internal override long UnitOf(WidthRole role) => role == WidthRole.Embedding ? Heads : 1;

    internal override string NounOf(WidthRole role) =>
        role == WidthRole.Embedding ? "embedding features" : "feed-forward features";

    internal override IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation)
    {
        var tokens = Size.Product(size);
        var attention = new AttentionLayer(Factory, Embedding, Heads, null, null).Layers(size, Activation.None);
        Layer[] linear =
        [
            TimeModel.Layers.MatrixProduct(1, tokens, Embedding, FeedForward, activation: activation),
            TimeModel.Layers.MatrixProduct(1, tokens, FeedForward, Embedding),
        ];
        return
        [
            .. Enumerable.Repeat(attention, (int)(Encoders + (2 * Decoders))).SelectMany(layers => layers),
            .. Enumerable.Repeat(linear, (int)(Encoders + Decoders)).SelectMany(layers => layers),
        ];
    }

    protected override string Describe() => $"{Embedding}, {Heads} heads, feed-forward {FeedForward}";
}
