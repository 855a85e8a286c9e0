using Xunit;

namespace FastDeepIoT.Fuzz.Tests;

/// <summary>A short run of every fuzzing target, the same in every build; long ones are a command of FastDeepIoT.Fuzz.</summary>
public sealed class ShortRunTests
{
    private const int Seed = 1, Inputs = 300, WholePathInputs = 60;

    public static TheoryData<string> TargetNames => [.. Targets.All.Keys];

    [Theory]
    [MemberData(nameof(TargetNames))]
    public void Broken_input_gets_a_coded_error(string target)
    {
        using var folder = new FuzzFolder();
        var run = new FuzzRun(Targets.All[target], Seed, folder);

        for (var input = 0; input < (target == "optimize" ? WholePathInputs : Inputs); input++) run.One(input);

        Assert.True(run.Failures.Count == 0, string.Join('\n', run.Failures.Select(failure => $"{target} {Seed} {failure.Failure.Input}: {failure.Failure.What}")));
        Assert.NotEqual(0, run.Refused + (target is "options" or "cache" or "inputs" ? run.Accepted : 0));
        Assert.NotEqual(0, run.Accepted);
    }
}
