using System.Globalization;
using System.Text.RegularExpressions;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>
/// A build's tool, or a profile, killed right before each of its file operations, with no chance to clean up: originals untouched, outputs whole or
/// absent, the cache sound, what was measured not lost, and the next run right.
/// </summary>
public sealed class KilledProcessTests
{
    [Theory]
    [InlineData("build")]
    [InlineData(Scenario.Profile)]
    public void Wherever_a_run_is_killed_the_next_one_is_right(string name)
    {
        using var scenario = new Scenario(name);
        var whole = Run(scenario, -1);
        Assert.Equal(0, whole.ExitCode);
        var expected = scenario.Outputs;
        var operations = int.Parse(Regex.Match(whole.Error, "operations=([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(operations, 20, 1000);

        var mended = new HashSet<string>();
        for (var last = 1; last <= operations; last += Step(operations))
        {
            scenario.Clear();

            Assert.NotEqual(0, Run(scenario, last).ExitCode);

            Assert.Equal(scenario.Originals, scenario.Inputs);
            foreach (var (file, content) in scenario.Outputs.Where(output => !output.Key.EndsWith(".tmp", StringComparison.Ordinal)))
                Assert.True(expected.TryGetValue(file, out var right) && right == content, $"killed at {last}: {file} is not whole");

            if (!mended.Add(scenario.Left)) continue; // from there it went well before
            Assert.Equal(0, Run(scenario, -1).ExitCode);
            Assert.Equal(expected.AsEnumerable(), scenario.Outputs.Where(output => !output.Key.EndsWith(".tmp", StringComparison.Ordinal)));
        }
    }

    // Every operation where there are few; a process takes half a second.
    private static int Step(int operations) => Math.Max(1, operations / 40);

    private static ToolResult Run(Scenario scenario, int last) =>
        ToolProcess.RunFrom(Path.Combine(AppContext.BaseDirectory, "FastDeepIoT.Tool.Saboteur.dll"), scenario.Folder, new Dictionary<string, string>(),
            [last.ToString(CultureInfo.InvariantCulture), .. scenario.Arguments]);
}
