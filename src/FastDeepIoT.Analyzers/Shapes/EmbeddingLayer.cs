using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>An embedding: rows gathered from a table, of which it may not be known how many it has.</summary>
internal sealed record EmbeddingLayer(string Factory, long? Items, long Features) : LayerShape(Factory)
{
    // How many rows there are to gather from matters little to those who gather some.
    private const long UnknownItems = 1000;
    private static readonly WidthRole[] _roles = [WidthRole.Outputs];

    internal override IReadOnlyList<WidthRole> Roles => _roles;

    internal override bool IsPossible => Features > 0 && Items is null or > 0;

    internal override long this[WidthRole role] => Features;

    internal override LayerShape With(WidthRole role, long width) => this with { Features = width };

    internal override string NounOf(WidthRole role) => "embedding features";

    internal override IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation)
    {
        var (tokens, table) = (Size.Product(size), (double)(Items ?? UnknownItems) * Features);
        return
        [
            TimeModel.Layers.Elements("Gather", new ElementsShape
            {
                InputElements = table,
                OtherElements = tokens,
                OutputElements = (double)tokens * Features,
                Inputs = 2,
                Channels = tokens,
                ChannelsDivisor = Integers.CommonDivisor(tokens, Features),
                Axis = 2,
                Inner = table,
                Width = Features,
            }),
        ];
    }

    protected override string Describe() => $"{(Items is { } items ? $"{items} → " : "")}{Features}";
}
