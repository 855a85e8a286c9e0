using System.Text.RegularExpressions;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>
/// Every file operation of a run fails once, in each of the ways files fail. After each: originals untouched, outputs whole or absent, a clear
/// coded message, nothing left behind, and the next run right.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class EveryOperationFailsTests
{
    private static readonly Dictionary<string, Func<string, Exception>> Faults = new()
    {
        ["disk full"] = path => new IOException($"No space left on device : '{path}'"),
        ["read-only"] = path => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        ["locked"] = path => new IOException($"The process cannot access the file '{path}' because it is being used by another process."),
        ["deleted meanwhile"] = path => new FileNotFoundException($"Could not find file '{path}'."),
        ["folder gone"] = path => new DirectoryNotFoundException($"Could not find a part of the path '{path}'."),
    };

    public static TheoryData<string, string> ScenariosAndFaults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var scenario in Scenario.Commands.Keys)
                foreach (var fault in Faults.Keys)
                    data.Add(scenario, fault);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ScenariosAndFaults))]
    public async Task What_is_left_is_whole_and_the_next_run_is_right(string name, string fault)
    {
        using var scenario = new Scenario(name);
        var whole = await FaultRun.Whole(scenario.Arguments);
        var expected = scenario.Outputs;
        Assert.Equal(0, whole.ExitCode);
        Assert.NotEmpty(whole.Operations);

        for (var operation = 0; operation < whole.Operations.Count; operation++)
        {
            scenario.Clear();
            var what = $"{name}, {fault}, {whole.Operations[operation]}";

            var result = await FaultRun.Run(operation, Faults[fault], scenario.Arguments);

            Assert.True(scenario.Originals.SequenceEqual(scenario.Inputs), what + ": an original changed");
            AssertWhole(expected, scenario, what);
            AssertClear(result, scenario, expected, what);

            Assert.Equal(0, (await FaultRun.Whole(scenario.Arguments)).ExitCode);
            Assert.True(expected.SequenceEqual(scenario.Outputs), what + ": the next run is not right");
        }
    }

    // An output is the right one or not there; a build's report on a model that failed is another right one.
    private static void AssertWhole(IReadOnlyDictionary<string, string> expected, Scenario scenario, string what)
    {
        foreach (var (file, content) in scenario.Outputs)
        {
            Assert.True(expected.ContainsKey(file), $"{what}: {file} was left");
            if (expected[file] == content) continue;

            var report = File.ReadAllText(scenario.Out(Path.GetFileName(file)));
            Assert.True(file.EndsWith(".fastdeepiot.json", StringComparison.Ordinal) && report.Contains("\"status\": \"failed\"", StringComparison.Ordinal), $"{what}: {file} is another");
            Assert.DoesNotContain("FDI9001", report);
            Assert.False(scenario.Outputs.ContainsKey(file.Replace(".fastdeepiot.json", "", StringComparison.Ordinal)), $"{what}: a model that failed was delivered");
        }

        Assert.DoesNotContain(scenario.Everything.Keys, file => file.EndsWith(".tmp", StringComparison.Ordinal) && !what.Contains(", delete ", StringComparison.Ordinal));
    }

    // Either it went well all the same, or it says what went wrong.
    private static void AssertClear(FaultResult result, Scenario scenario, IReadOnlyDictionary<string, string> expected, string what)
    {
        Assert.DoesNotContain("FDI9001", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.True(result.ExitCode is 0 or 2, $"{what}: exit code {result.ExitCode}");
        if (result.ExitCode == 2) Assert.Matches(new Regex("FDI3[0-9]{3}: "), result.Error);
        else if (!what.StartsWith("build", StringComparison.Ordinal))
            Assert.True(expected.SequenceEqual(scenario.Outputs), $"{what}: said nothing, and did not do its work");
    }
}
