using System.Text.RegularExpressions;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>
/// Every file operation of a run fails once, in each of the ways files fail. After each: originals untouched, outputs whole or absent, a clear
/// coded message, nothing left behind, and the next run right.
/// </summary>
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

    private static readonly Regex TemporaryName = new("fastdeepiot-[^-/]*(?=/|$)");

    // Of these, every operation fails in one of the ways.
    private const string InTurn = "one fault after the other";
    private static readonly string[] Long = [Scenario.LongWeights, Scenario.Compress, Scenario.Profile];

    public static TheoryData<string, string> ScenariosAndFaults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var scenario in Scenario.Commands.Keys)
                foreach (var fault in Long.Contains(scenario) ? [InTurn] : Faults.Keys.AsEnumerable())
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

        var begun = new HashSet<string>();
        foreach (var operation in name == Scenario.Compress ? FirstAndLast(whole.Operations) : Enumerable.Range(0, whole.Operations.Count))
        {
            scenario.Clear();
            var way = fault == InTurn ? Faults.Keys.ElementAt(operation % Faults.Count) : fault;
            var what = $"{name}, {way}, {whole.Operations[operation]}";

            var result = await FaultRun.Run(operation, Faults[way], scenario.Arguments);

            Assert.True(scenario.Originals.SequenceEqual(scenario.Inputs), what + ": an original changed");
            AssertWhole(expected, scenario, what);
            AssertClear(result, scenario, expected, what);

            if (result.ExitCode == 0) scenario.Begin();
            if (!begun.Add(string.Join('\n', scenario.Everything))) continue; // from there it went well before
            Assert.Equal(0, (await FaultRun.Whole(scenario.Arguments)).ExitCode);
            Assert.True(expected.SequenceEqual(scenario.Outputs), what + ": the next run is not right");
        }
    }

    // Of what is done again and again to a file, or to one temporary file after another, the first time and the last.
    private static IEnumerable<int> FirstAndLast(IReadOnlyList<string> operations) => Enumerable.Range(0, operations.Count)
        .GroupBy(operation => TemporaryName.Replace(operations[operation], "")).SelectMany(times => new[] { times.First(), times.Last() }.Distinct());

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
