using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>Multi-head attention of a sequence to itself: projections, scores and weighted sums as matrix products.</summary>
internal sealed record AttentionLayer(string Factory, long Embedding, long Heads, long? Keys, long? Values) : LayerShape(Factory)
{
    private static readonly WidthRole[] _roles = [WidthRole.Embedding];

    internal override DiagnosticCode Rule => DiagnosticCode.RecurrentWidthOnCliff;

    internal override IReadOnlyList<WidthRole> Roles => _roles;

    internal override bool IsPossible =>
        Embedding > 0 && Heads > 0 && Embedding % Heads == 0 && Keys is null or > 0 && Values is null or > 0;

    internal override long this[WidthRole role] => Embedding;

    internal override string Key => $"{this}, {Keys}, {Values}";

    internal override LayerShape With(WidthRole role, long width) => this with { Embedding = width };

    internal override long UnitOf(WidthRole role) => Heads;

    internal override string NounOf(WidthRole role) => "embedding features";

    internal override IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation)
    {
        var tokens = Size.Product(size);
        return
        [
            TimeModel.Layers.MatrixProduct(1, tokens, Embedding, Embedding),
            TimeModel.Layers.MatrixProduct(1, tokens, Keys ?? Embedding, Embedding),
            TimeModel.Layers.MatrixProduct(1, tokens, Values ?? Embedding, Embedding),
            TimeModel.Layers.MatrixProduct(Heads, tokens, Embedding / Heads, tokens, constantRight: false),
            TimeModel.Layers.MatrixProduct(Heads, tokens, tokens, Embedding / Heads, constantRight: false),
            TimeModel.Layers.MatrixProduct(1, tokens, Embedding, Embedding),
        ];
    }

    protected override string Describe() => $"{Embedding}, {Heads} heads";
}
