using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>A device that does not exist: matrix products and convolutions are slow unless all their widths are multiples of 5.</summary>
internal static class HungryDevice
{
    private const int Multiple = 5;

    internal static DeviceModel Make() => new()
    {
        Name = "hungry",
        Provenance = new Provenance
        {
            Cpu = "none",
            Architecture = "none",
            OperatingSystem = "none",
            Runtime = "none",
            RuntimeVersion = "0",
            ExecutionProvider = "CPU",
            Threads = 1,
            OptimizationLevel = "all",
            Date = "2026-11-26",
        },
        Kinds = Kinds().ToDictionary(kind => kind.Kind),
    };

    private static IEnumerable<KindModel> Kinds()
    {
        foreach (var kind in new[] { "MatrixProduct", "DynamicMatrixProduct" }) yield return Kind(kind, LayerFamily.Matrix, "inner", "columns", "rows");
        foreach (var form in new[] { "", "Depthwise", "Grouped", "Transposed" })
            for (var rank = 1; rank <= 3; rank++)
                yield return Kind($"{form}Convolution{rank}D", LayerFamily.Convolution, "inputChannels", "outputChannels");
    }

    private static KindModel Kind(string kind, LayerFamily family, params string[] widths)
    {
        var tree = Leaf(family, 1);
        foreach (var width in widths) tree = new(new Condition(width, family.IndexOf(width), IsMultiple: true, Multiple), tree, Slower(tree));
        return new KindModel { Kind = kind, Family = family, Plain = tree };
    }

    private static Tree<Regression> Slower(Tree<Regression> tree) => tree.Condition is { } condition
        ? new Tree<Regression>(condition, Slower(tree.Yes!), Slower(tree.No!))
        : new Tree<Regression>(tree.Leaf with { Terms = [.. tree.Leaf.Terms.Select(term => term with { NanosecondsPerUnit = 100 * term.NanosecondsPerUnit })] });

    private static Tree<Regression> Leaf(LayerFamily family, double nanoseconds) => new(new Regression
    {
        Terms = [new Term(family.FindQuantity("macs"), [], nanoseconds)],
        Samples = 1,
        LowRatio = 1,
        HighRatio = 1,
        Minimum = [],
        Maximum = [],
    });
}
