using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>LSTM, GRU or RNN over a sequence, or one step of it (a cell).</summary>
internal sealed record RecurrentLayer(string Factory, string Kind, long Inputs, long Hidden) : LayerShape(Factory)
{
    private const long DeepestStack = 100;
    private static readonly WidthRole[] _roles = [WidthRole.Inputs, WidthRole.Hidden];

    internal long Stacked { get; init; } = 1;

    internal long Directions { get; init; } = 1;

    internal bool IsCell { get; init; }

    internal override DiagnosticCode Rule => DiagnosticCode.RecurrentWidthOnCliff;

    internal override long OutputFactor => Directions;

    internal override IReadOnlyList<WidthRole> Roles => _roles;

    internal override bool IsPossible => base.IsPossible && Stacked is > 0 and <= DeepestStack;

    internal override long this[WidthRole role] => role == WidthRole.Inputs ? Inputs : Hidden;

    internal override LayerShape With(WidthRole role, long width) =>
        role == WidthRole.Inputs ? this with { Inputs = width } : this with { Hidden = width };

    internal override string NounOf(WidthRole role) => role switch
    {
        WidthRole.Inputs => "input features",
        WidthRole.Hidden => "hidden units",
        _ => "inputs and hidden units",
    };

    internal override IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation)
    {
        var steps = IsCell ? 1 : Size.Product(size);
        Layer Level(long inputs) => TimeModel.Layers.Recurrent(Kind, steps, 1, inputs, Hidden, Directions);
        return [Level(Inputs), .. Enumerable.Repeat(Level(Hidden * Directions), (int)Stacked - 1)];
    }

    protected override string Describe()
    {
        var stacked = Stacked > 1 ? $", {Stacked} layers" : "";
        return $"{Inputs} → {Hidden}{stacked}{(Directions > 1 ? ", bidirectional" : "")}";
    }
}
