namespace FastDeepIoT.Analyzers;

/// <summary>Reads modules that name the width they keep.</summary>
internal static class NormalizationReader
{
    internal static NormalizationModule? Read(Arguments arguments) => arguments.Method switch
    {
        "BatchNorm1d" or "BatchNorm2d" or "BatchNorm3d" => Named(arguments, 1, ["num_features", "features"]) with
        {
            Operator = RuntimeOperator.Along("BatchNormalization", axis: 1, weights: 4),
            FoldsIntoLayers = true,
        },
        "InstanceNorm1d" or "InstanceNorm2d" or "InstanceNorm3d" => Named(arguments, 1, ["num_features", "features"]) with
        {
            Operator = RuntimeOperator.Along("InstanceNormalization", axis: 1, weights: 2),
        },
        "GroupNorm" => Named(arguments, arguments.Number("num_groups", "numGroups"), ["num_channels", "numChannels"]),
        "LayerNorm" => Named(arguments, 1, ["normalized_shape", "normalizedShape"]) with
        {
            FeaturesLast = true,
            Operator = RuntimeOperator.Along("LayerNormalization", axis: -1, weights: 2),
        },
        "PReLU" => arguments.Number("num_parameters") == 1
            ? null
            : Named(arguments, 1, ["num_parameters"]) with { Operator = RuntimeOperator.Along("PRelu", axis: 1, weights: 1) },
        _ => null,
    };

    private static NormalizationModule Named(Arguments arguments, long? unit, string[] names) =>
        new(arguments.Method, arguments.Written(names), unit is > 0 ? arguments.Number(names) : null, unit ?? 1, false);
}
