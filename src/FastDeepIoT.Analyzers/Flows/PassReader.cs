using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads modules that keep the width and have no numbers of their own, or only numbers that change sizes.</summary>
internal static class PassReader
{
    // As they are exported; null where that takes more than one operator.
    private static readonly Dictionary<string, RuntimeOperator?> _elementWise = new(StringComparer.Ordinal)
    {
        ["AlphaDropout"] = RuntimeOperator.None,
        ["CELU"] = RuntimeOperator.ElementWise("Celu"),
        ["Dropout"] = RuntimeOperator.None,
        ["Dropout1d"] = RuntimeOperator.None,
        ["Dropout2d"] = RuntimeOperator.None,
        ["Dropout3d"] = RuntimeOperator.None,
        ["ELU"] = RuntimeOperator.ElementWise("Elu"),
        ["FeatureAlphaDropout"] = RuntimeOperator.None,
        ["GELU"] = RuntimeOperator.ElementWise("Gelu"),
        ["Hardshrink"] = null,
        ["Hardsigmoid"] = RuntimeOperator.ElementWise("HardSigmoid"),
        ["Hardswish"] = RuntimeOperator.ElementWise("HardSwish"),
        ["Hardtanh"] = RuntimeOperator.ElementWise("Clip"),
        ["Identity"] = RuntimeOperator.None,
        ["LeakyReLU"] = RuntimeOperator.ElementWise("LeakyRelu"),
        ["LocalResponseNorm"] = RuntimeOperator.Along("LRN", axis: 1),
        ["LogSigmoid"] = null,
        ["Mish"] = RuntimeOperator.ElementWise("Mish"),
        ["PReLU"] = RuntimeOperator.ElementWise("PRelu"),
        ["ReLU"] = RuntimeOperator.ElementWise("Relu"),
        ["ReLU6"] = RuntimeOperator.ElementWise("Clip"),
        ["RReLU"] = null,
        ["SELU"] = RuntimeOperator.ElementWise("Selu"),
        ["Sigmoid"] = RuntimeOperator.ElementWise("Sigmoid"),
        ["SiLU"] = null,
        ["Softmax2d"] = RuntimeOperator.Along("Softmax", axis: 1),
        ["Softmin"] = null,
        ["Softplus"] = RuntimeOperator.ElementWise("Softplus"),
        ["Softshrink"] = null,
        ["Softsign"] = RuntimeOperator.ElementWise("Softsign"),
        ["Tanh"] = RuntimeOperator.ElementWise("Tanh"),
        ["Tanhshrink"] = null,
        ["Threshold"] = RuntimeOperator.ElementWise("ThresholdedRelu"),
    };

    private static readonly HashSet<string> _resizing = new(StringComparer.Ordinal)
    {
        "FractionalMaxPool2d", "FractionalMaxPool3d", "LPPool1d", "LPPool2d", "Upsample",
    };

    internal static PassModule? Read(Arguments arguments)
    {
        var name = arguments.Method;
        if (_elementWise.TryGetValue(name, out var work)) return new PassModule(size => size, work);
        if (name is "Softmax" or "LogSoftmax")
            return new PassModule(size => size, arguments.Number("dim") is { } axis ? RuntimeOperator.Along(name, axis) : null);
        if (_resizing.Contains(name)) return new PassModule(Rule: null);

        return name.Length > 5 && name.Substring(name.Length - 5, 4) is "Pad1" or "Pad2" or "Pad3" && name[name.Length - 1] == 'd' ? Pad(arguments) : null;
    }

    // One number for all sides, or one a side, the sides of the last axis first.
    private static PassModule Pad(Arguments arguments)
    {
        var rank = arguments.Method[arguments.Method.Length - 2] - '0';
        if (arguments.Axes(2 * rank, [], "padding") is not { Count: > 0 } sides) return new PassModule(Rule: null);

        IReadOnlyList<long>? Padded(IReadOnlyList<long> size)
        {
            if (Size.Over(rank, size) is not { } axes) return null;

            var padded = axes.Select((length, axis) => length + sides[2 * (rank - 1 - axis)] + sides[(2 * (rank - 1 - axis)) + 1]).ToArray();
            return padded.All(length => length > 0) ? padded : null;
        }

        return new PassModule(Padded, RuntimeOperator.Rows("Pad"));
    }
}
