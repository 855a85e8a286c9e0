using System;
using System.Globalization;

namespace FastDeepIoT.TimeModel;

/// <summary>
/// One question a tree asks about a layer (FastDeepIoT, section 4.2): is a feature at most a value (a range), or a multiple of an
/// integer (a cliff)?
/// </summary>
public sealed record Condition(string Feature, int FeatureIndex, bool IsMultiple, double Value)
{
    /// <summary>Whether the answer is yes.</summary>
    public bool Holds(double[] features)
    {
        var value = features[FeatureIndex];
        return IsMultiple ? value % Value == 0 : value <= Value;
    }

    /// <inheritdoc/>
    public override string ToString() => IsMultiple
        ? string.Format(CultureInfo.InvariantCulture, "{0} mod {1} == 0", Feature, Value)
        : string.Format(CultureInfo.InvariantCulture, "{0} <= {1}", Feature, Value);
}
