using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// What a diagnostic tells the code fix. The literals to edit are the diagnostic's additional locations; each is a multiple of
/// one width, and every alternative is a new value of that width with its predicted effect.
/// </summary>
public sealed record FixProperties(IReadOnlyList<long> Factors, IReadOnlyList<FixAlternative> Alternatives)
{
    private const string FactorsKey = "FastDeepIoT.Factors";
    private const string WidthsKey = "FastDeepIoT.Widths";
    private const string EffectsKey = "FastDeepIoT.Effects";
    private const char Separator = ';';

    /// <summary>As properties of a diagnostic.</summary>
    public ImmutableDictionary<string, string?> Write() => ImmutableDictionary<string, string?>.Empty
        .Add(FactorsKey, string.Join(";", Factors.Select(Text)))
        .Add(WidthsKey, string.Join(";", Alternatives.Select(alternative => Text(alternative.Width))))
        .Add(EffectsKey, string.Join(";", Alternatives.Select(alternative => alternative.Effect)));

    /// <summary>From the properties of a diagnostic; null when it offers no fix.</summary>
    public static FixProperties? Read(ImmutableDictionary<string, string?> properties)
    {
        if (Find(properties, FactorsKey) is not { } factors || Find(properties, WidthsKey) is not { } widths) return null;
        if (Find(properties, EffectsKey) is not { } effects) return null;

        return new FixProperties(
            factors.Select(Number).ToList(),
            widths.Zip(effects, (width, effect) => new FixAlternative(Number(width), effect)).ToList());
    }

    private static string[]? Find(ImmutableDictionary<string, string?> properties, string key) =>
        properties.TryGetValue(key, out var value) && value is not null ? value.Split(Separator) : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Another width for a group of layers, and what is predicted to come of it, in words.</summary>
public sealed record FixAlternative(long Width, string Effect);
