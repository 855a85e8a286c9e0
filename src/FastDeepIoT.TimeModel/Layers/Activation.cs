namespace FastDeepIoT.TimeModel;

/// <summary>What is applied to each result of a layer, by the arithmetic it takes.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One comparison with zero, which a layer can do to a result it still holds: Relu.</summary>
    Rectify,

    /// <summary>Comparisons with constants, or a product besides: Clip, LeakyRelu, HardSigmoid.</summary>
    Clamp,

    /// <summary>An S curve: Sigmoid, Tanh.</summary>
    Saturating,

    /// <summary>An exponential, logarithm or the like for some or all results: Elu, Softplus and all others.</summary>
    Exponential,
}

/// <summary>Sorts operators into activations.</summary>
public static class Activations
{
    /// <summary>The activation an operator is; <see cref="Activation.None"/> for an empty name.</summary>
    public static Activation Of(string operatorName) => operatorName switch
    {
        "" => Activation.None,
        "Relu" => Activation.Rectify,
        "Clip" or "LeakyRelu" or "HardSigmoid" or "HardSwish" or "PRelu" or "ThresholdedRelu" => Activation.Clamp,
        "Sigmoid" or "Tanh" => Activation.Saturating,
        _ => Activation.Exponential,
    };
}
