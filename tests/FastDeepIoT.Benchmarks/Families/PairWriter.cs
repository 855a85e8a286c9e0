using FastDeepIoT.Onnx;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Writes groups of small networks that differ in one width: a width, its neighbours, and the next multiples of what people round to.</summary>
internal static class PairWriter
{
    private const int GroupsAKind = 6;

    // What people round to by hand; nothing that the learning knows.
    private static readonly int[] Multiples = [4, 8, 16, 32];

    internal static int Write(string folder, int seed)
    {
        Directory.CreateDirectory(folder);
        var broken = 0;
        foreach (var (kind, narrowest, widest, build) in PairNetworks.Kinds)
            for (var number = 0; number < GroupsAKind; number++)
            {
                var group = $"{kind}-{number}";
                var center = Center(Dice.For(seed, group), (narrowest, widest), isMultiple: number % 2 == 0);
                foreach (var width in Around(center))
                {
                    var model = PairNetworks.Model(build, width, group, seed);
                    foreach (var complaint in NetworkCheck.Complaints(model))
                    {
                        broken++;
                        Console.Error.WriteLine($"{group} {width}: {complaint}");
                    }

                    OnnxFile.Write(model, Path.Combine(folder, $"{group}-c{center}-w{width}.onnx"));
                }
            }

        return broken == 0 ? 0 : 1;
    }

    // Cliffs lie beside round widths, so every other group is around one; the rest may be anywhere. Small widths are met most.
    private static int Center(Dice dice, (int Narrowest, int Widest) range, bool isMultiple)
    {
        var width = (int)(range.Narrowest * Math.Pow(range.Widest / (double)range.Narrowest, dice.Next()));
        var multiple = isMultiple ? dice.Of(Multiples) : 1;
        return (width + multiple - 1) / multiple * multiple;
    }

    private static IEnumerable<int> Around(int center) =>
        Multiples.Select(multiple => (center / multiple + 1) * multiple).Concat([center - 1, center, center + 1]).Distinct();
}
