using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// A bilinear layer of two inputs: the first times all matrices at once, as one product with constant weights, then each result times the
/// second input.
/// </summary>
internal sealed record BilinearLayer(string Factory, long Inputs, long OtherInputs, long Outputs) : LayerShape(Factory)
{
    private static readonly WidthRole[] _roles = [WidthRole.Inputs, WidthRole.OtherInputs, WidthRole.Outputs];

    internal override IReadOnlyList<WidthRole> Roles => _roles;

    // Its weights are a product of three widths: what would not fit into memory is a mistake.
    internal override bool IsPossible => _roles.All(role => this[role] is > 0 and < 1 << 20);

    internal override long this[WidthRole role] => role switch
    {
        WidthRole.Inputs => Inputs,
        WidthRole.OtherInputs => OtherInputs,
        _ => Outputs,
    };

    internal override LayerShape With(WidthRole role, long width) => role switch
    {
        WidthRole.Inputs => this with { Inputs = width },
        WidthRole.OtherInputs => this with { OtherInputs = width },
        _ => this with { Outputs = width },
    };

    internal override string NounOf(WidthRole role) => role switch
    {
        WidthRole.Inputs => "features of the first input",
        WidthRole.OtherInputs => "features of the second input",
        WidthRole.Outputs => "output features",
        _ => "features",
    };

    internal override IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation)
    {
        var rows = Size.Product(size);
        return
        [
            TimeModel.Layers.MatrixProduct(1, rows, Inputs, Outputs * OtherInputs),
            TimeModel.Layers.MatrixProduct(rows, Outputs, OtherInputs, 1, constantRight: false),
        ];
    }

    protected override string Describe() => $"{Inputs} × {OtherInputs} → {Outputs}";
}
