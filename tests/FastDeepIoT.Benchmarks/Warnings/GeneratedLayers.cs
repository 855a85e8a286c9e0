using System.Globalization;
using System.Text;

namespace FastDeepIoT.Benchmarks;

/// <summary>Layers as programs construct them, of any width: half of them multiples of eight, the others whatever comes. The same text for the same seed.</summary>
internal static class GeneratedLayers
{
    internal const int UsualSeed = 7;

    internal static string Code(int count, int seed)
    {
        var random = new Random(seed);
        var code = new StringBuilder("using TorchSharp;\nusing static TorchSharp.torch.nn;\nclass Layers\n{\n");
        for (var i = 0; i < count; i++) code.Append(CultureInfo.InvariantCulture, $"    object Layer{i}() => {Layer(random)};\n");
        return code.Append("}\n").ToString();
    }

    private static string Layer(Random random)
    {
        var (from, to, kernel, stride) = (Width(random, 512), Width(random, 512), Pick(random, 1, 3, 3, 5), Pick(random, 1, 1, 1, 2));
        FormattableString layer = random.Next(100) switch
        {
            < 40 => $"Conv2d({from}, {to}, {kernel}, stride: {stride}, padding: {kernel / 2})",
            < 60 => $"Conv2d({from}, {from}, {Pick(random, 3, 3, 5)}, padding: 1, groups: {from})",
            < 66 => $"Conv1d({from}, {to}, {kernel}, padding: {kernel / 2})",
            < 70 => $"ConvTranspose2d({from}, {to}, 2, stride: 2)",
            < 86 => $"Linear({Width(random, 2048)}, {Width(random, 2048)})",
            < 93 => $"LSTM({Width(random, 256)}, {Width(random, 256)})",
            _ => $"GRU({Width(random, 256)}, {Width(random, 256)})",
        };
        return FormattableString.Invariant(layer);
    }

    private static long Width(Random random, int most)
    {
        var width = (long)Math.Round(Math.Exp(Math.Log(8) + (random.NextDouble() * Math.Log(most / 8.0))));
        return random.Next(2) == 0 ? Math.Max(8, width / 8 * 8) : width;
    }

    private static int Pick(Random random, params ReadOnlySpan<int> choices) => choices[random.Next(choices.Length)];
}
