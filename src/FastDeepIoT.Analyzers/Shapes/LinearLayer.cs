using System.Collections.Generic;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>A fully connected layer.</summary>
internal sealed record LinearLayer(string Factory, long Inputs, long Outputs) : LayerShape(Factory)
{
    private static readonly WidthRole[] _roles = [WidthRole.Inputs, WidthRole.Outputs];

    internal override IReadOnlyList<WidthRole> Roles => _roles;

    internal override long this[WidthRole role] => role == WidthRole.Inputs ? Inputs : Outputs;

    internal override LayerShape With(WidthRole role, long width) =>
        role == WidthRole.Inputs ? this with { Inputs = width } : this with { Outputs = width };

    internal override string NounOf(WidthRole role) => role switch
    {
        WidthRole.Inputs => "input features",
        WidthRole.Outputs => "output features",
        _ => "features",
    };

    internal override IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation) =>
        [TimeModel.Layers.MatrixProduct(1, Size.Product(size), Inputs, Outputs, activation: activation)];

    protected override string Describe() => $"{Inputs} → {Outputs}";
}
