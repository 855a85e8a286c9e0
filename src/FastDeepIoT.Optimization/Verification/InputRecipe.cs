namespace FastDeepIoT.Optimization;

/// <summary>How values for inputs are made.</summary>
/// <param name="Real">A real number, at a position of so many.</param>
/// <param name="LargestInteger">Integers are drawn from zero to this.</param>
internal sealed record InputRecipe(Func<Random, int, int, double> Real, long LargestInteger)
{
    private static readonly double[] EdgeValues = [0, -0.0, 1, -1, 1e-3, -1e-3, 1e-30, -1e-30, 1e3, -1e3, 0.5, 1 / 3.0];

    /// <summary>
    /// The edges: nothing at all, the ranges images come in, one peak, large and tiny numbers of both signs beside zeros, all the same. Integers
    /// of every magnitude that an index or a token may have.
    /// </summary>
    internal static IReadOnlyList<InputRecipe> Edges { get; } =
    [
        new((_, _, _) => 0, 0),
        new((random, _, _) => random.NextDouble(), 9),
        new((random, _, _) => Math.Floor(random.NextDouble() * 256), 255),
        new((_, position, count) => position == count / 2 ? 1 : 0, 1),
        new((random, _, _) => EdgeValues[random.Next(EdgeValues.Length)], 20_000),
        new((_, _, _) => -1, 1),
    ];

    /// <summary>Normally distributed real numbers; integers that stay in the range of most indices.</summary>
    internal static InputRecipe Normal(float scale) => new((random, _, _) => scale * Normal(random), 1);

    // Box and Muller: two uniform numbers give a normal one.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
