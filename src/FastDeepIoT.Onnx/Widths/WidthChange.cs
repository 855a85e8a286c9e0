namespace FastDeepIoT.Onnx;

/// <summary>New widths for some groups, as the old channel each new one is taken from.</summary>
public sealed class WidthChange
{
    /// <summary>Stands for a channel that is new.</summary>
    public const int Added = -1;

    private readonly Dictionary<Width, IReadOnlyList<int>> _sources = [];

    /// <summary>Widths grown at their end to the given sizes.</summary>
    public static WidthChange Padding(IReadOnlyDictionary<WidthGroup, long> sizes)
    {
        var change = new WidthChange();
        foreach (var (group, size) in sizes.Where(pair => pair.Value != pair.Key.Size))
            change.Take(group, [.. Enumerable.Range(0, (int)group.Size), .. Enumerable.Repeat(Added, (int)(size - group.Size))]);
        return change;
    }

    /// <summary>Whether any width changes.</summary>
    public bool IsEmpty => _sources.Count == 0;

    /// <summary>Takes the channels of a group from these old channels, <see cref="Added"/> for new ones.</summary>
    public void Take(WidthGroup group, IReadOnlyList<int> sources) =>
        _sources[group.Width ?? throw new ArgumentException($"{group} cannot change", nameof(group))] = sources;

    /// <summary>Whether an extent holds a width that changes.</summary>
    public bool Touches(Extent extent) => extent.Leaves().Any(_sources.ContainsKey);

    /// <summary>The new size of an extent, or <see cref="Extent.Unknown"/>.</summary>
    public long SizeOf(Extent extent) => SizeOf(extent, width => _sources.TryGetValue(width, out var sources) ? sources.Count : width.Size);

    /// <summary>The size of an extent for given sizes of widths, or <see cref="Extent.Unknown"/>.</summary>
    public static long SizeOf(Extent extent, Func<Width, long> sizes)
    {
        switch (extent)
        {
            case Width width:
                return sizes(width);
            case SumExtent sum:
                var total = 0L;
                foreach (var term in sum.Terms)
                {
                    if (SizeOf(term, sizes) is not (>= 0 and var size)) return Extent.Unknown;
                    total += size;
                }

                return total;
            case ProductExtent product:
                var elements = 1L;
                foreach (var factor in product.Factors)
                {
                    if (SizeOf(factor, sizes) is not (>= 0 and var size)) return Extent.Unknown;
                    elements *= size;
                }

                return elements;
            default:
                return extent.Size;
        }
    }

    /// <summary>For each new position along an axis of known size the old one, or <see cref="Added"/>.</summary>
    public int[] SourcesOf(Extent extent) => extent switch
    {
        Width width when _sources.TryGetValue(width, out var sources) => [.. sources],
        SumExtent sum => Joined(sum),
        ProductExtent product => product.Factors.Skip(1).Aggregate((Sources: SourcesOf(product.Factors[0]), product.Factors[0].Size), Nested).Sources,
        _ => Enumerable.Range(0, (int)extent.Size).ToArray(),
    };

    private int[] Joined(SumExtent sum)
    {
        var sources = new List<int>();
        var offset = 0;
        foreach (var term in sum.Terms)
        {
            sources.AddRange(SourcesOf(term).Select(source => source == Added ? Added : source + offset));
            offset += (int)term.Size;
        }

        return [.. sources];
    }

    private (int[] Sources, long Size) Nested((int[] Sources, long Size) outer, Extent factor)
    {
        var inner = SourcesOf(factor);
        return (outer.Sources.SelectMany(o => inner.Select(i => o == Added || i == Added ? Added : (int)(o * factor.Size + i))).ToArray(),
            outer.Size * factor.Size);
    }
}
