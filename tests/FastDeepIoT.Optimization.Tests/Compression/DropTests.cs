using Xunit;

namespace FastDeepIoT.Optimization.Tests.Compression;

public sealed class DropTests
{
    [Theory]
    [InlineData(1000, 0.0)]
    [InlineData(1000, 0.02)]
    public void The_bound_holds_for_at_least_nine_in_ten_samples(int samples, double drop)
    {
        const double Changed = 0.06;
        var random = new Random(11);

        var held = Enumerable.Range(0, 400).Count(_ => Draw(random, samples, (Changed + drop) / 2, (Changed - drop) / 2).UpperBound >= drop);

        Assert.InRange(held, 370, 400);
    }

    // Paired answers: a share of samples lost and a share won, the rest as before.
    private static Drop Draw(Random random, int samples, double lost, double won)
    {
        var (before, after) = (new float[2 * samples], new float[2 * samples]);
        for (var sample = 0; sample < samples; sample++)
        {
            var fate = random.NextDouble();
            before[2 * sample + (fate < lost || fate > lost + won ? 0 : 1)] = 1;
            after[2 * sample + (fate < lost ? 1 : 0)] = 1;
        }

        var outcomes = Enumerable.Range(0, samples).Select(sample => (Before: before[2 * sample] == 1, After: after[2 * sample] == 1)).ToList();
        return Drop.Of(DropMeasure.Accuracy, outcomes);
    }
}
