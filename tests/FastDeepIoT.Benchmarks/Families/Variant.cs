using System.Globalization;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>One network of a family with its widths changed, at one input size, written in one style.</summary>
internal sealed record Variant(Family Family, Architecture Architecture, Scaling Scaling, int Size, int Batch)
{
    /// <summary>How many variants a family has; half of all are odd.</summary>
    internal const int Count = 5;

    private const double BatchedShare = 0.08;
    private const double LargestBatchedMultiplier = 0.5;

    /// <summary>File name without extension: family, network, multiplier, rounding of widths, input size, batch.</summary>
    internal string Name => string.Join('-', new[]
    {
        Family.Name, Architecture.Name, string.Create(CultureInfo.InvariantCulture, $"w{Scaling.Multiplier:0.##}"),
        Scaling.Rounding switch { 0 => "odd", 1 => "published", var multiple => $"r{multiple}" }, $"s{Size}", Batch > 1 ? $"b{Batch}" : "",
    }.Where(word => word.Length > 0));

    /// <summary>All variants of all families.</summary>
    internal static IReadOnlyList<Variant> Of(int seed)
    {
        var variants = new List<Variant>();
        for (var family = 0; family < Family.All.Count; family++)
            for (var number = 0; number < Count; number++)
            {
                var dice = Dice.For(seed, $"{Family.All[family].Name}/{number}");
                Variant variant;
                do variant = One(Family.All[family], number, family % 2 == 0 ? 16 : 0, dice);
                while (variants.Any(other => other.Name == variant.Name));
                variants.Add(variant);
            }

        return variants;
    }

    /// <summary>The network as a model.</summary>
    internal ModelProto Model(int seed)
    {
        var style = Style.Random(Dice.For(seed, Name + "/style"), Architecture.TensorFlow);
        var net = new Net(style, Dice.For(seed, Name + "/weights"), Batch);
        Architecture.Build(net, new Widths(Scaling, Dice.For(seed, Name + "/widths")), Size);
        return net.Model();
    }

    private static Variant One(Family family, int number, int lastRounding, Dice dice)
    {
        var architecture = family.Architectures[number % family.Architectures.Length];
        var scaling = number switch
        {
            0 => Scaling.Published,
            1 => new Scaling(dice.Of(architecture.Multipliers), 8),
            Count - 1 => new Scaling(dice.Of(architecture.Multipliers), lastRounding),
            _ => new Scaling(dice.Of(architecture.Multipliers), 0),
        };
        var batch = scaling.Multiplier <= LargestBatchedMultiplier && dice.Chance(BatchedShare) ? 2 : 1;
        return new Variant(family, architecture, scaling, number == 0 ? architecture.Sizes[0] : dice.Of(architecture.Sizes), batch);
    }
}
