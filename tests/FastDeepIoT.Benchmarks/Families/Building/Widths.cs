namespace FastDeepIoT.Benchmarks.Families;

/// <summary>How the widths of a published network are changed for one variant of it.</summary>
/// <param name="Multiplier">What every width is multiplied by.</param>
/// <param name="Rounding">The multiple widths are rounded to as people do by hand; 1 keeps published widths, 0 leaves them arbitrary.</param>
internal sealed record Scaling(double Multiplier, int Rounding)
{
    /// <summary>The widths of the publication.</summary>
    internal static Scaling Published { get; } = new(1, 1);

    /// <summary>Each width has a random factor of its own and stays as it comes, as pruners leave widths.</summary>
    internal bool IsOdd => Rounding == 0;
}

/// <summary>The widths of one variant, asked for by the widths of the publication.</summary>
internal sealed class Widths(Scaling scaling, Dice dice)
{
    private const double SmallestFactor = 0.75;
    private const double LargestFactor = 1.3;

    /// <summary>Random choices that belong to the variant.</summary>
    internal Dice Dice => dice;

    /// <summary>Whether widths are arbitrary.</summary>
    internal bool IsOdd => scaling.IsOdd;

    /// <summary>A width; every call is another width of the network.</summary>
    internal int Of(double width)
    {
        var scaled = width * scaling.Multiplier;
        return scaling.Rounding switch
        {
            0 => Math.Max(2, (int)Math.Round(scaled * dice.Between(SmallestFactor, LargestFactor))),
            1 => Math.Max(1, (int)Math.Round(scaled)),
            var multiple => Math.Max(multiple, (int)(scaled + multiple / 2.0) / multiple * multiple),
        };
    }

    /// <summary>A number that no exporter or user rounds: heads, groups.</summary>
    internal int Count(double count) => Math.Max(1, (int)Math.Round(count * scaling.Multiplier * (IsOdd ? dice.Between(SmallestFactor, LargestFactor) : 1)));
}
