using System.Diagnostics;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Fuzz;

/// <summary>What went wrong with which input; anything but a coded error, or taking too long.</summary>
internal sealed record FuzzFailure(int Input, string What);

/// <summary>Feeds one target. The same seed gives the same inputs, each by its number alone.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // One mistake shows in many inputs; its first is enough.
    private readonly HashSet<string> _known = [];

    internal List<(FuzzFailure Failure, byte[] Input)> Failures { get; } = [];

    internal int Inputs { get; private set; }

    internal int Accepted { get; private set; }

    internal int Refused { get; private set; }

    internal TimeSpan Longest { get; private set; }

    internal void For(TimeSpan time)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;) One();
    }

    internal void Times(int count)
    {
        for (var input = 0; input < count; input++) One();
    }

    private void One()
    {
        var number = Inputs++;
        var input = target.Mutate(new Random(HashCode(number)));
        var start = Stopwatch.GetTimestamp();
        try
        {
            target.Read(input);
            Accepted++;
        }
        catch (InputException)
        {
            Refused++;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fail(number, input, Place(e), e.ToString());
        }

        var took = Stopwatch.GetElapsedTime(start);
        if (took > Longest) Longest = took;
        if (took > Patience) Fail(number, input, "slow", $"took {took}");
    }

    private int HashCode(int number) => unchecked((seed * 1_000_003) + number);

    private void Fail(int number, byte[] input, string place, string what)
    {
        if (_known.Add(place)) Failures.Add((new FuzzFailure(number, what), input));
    }

    private static string Place(Exception e) =>
        e.GetType().Name + e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("FastDeepIoT", StringComparison.Ordinal));
}
