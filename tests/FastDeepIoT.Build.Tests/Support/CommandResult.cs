using System.Text.RegularExpressions;

namespace FastDeepIoT.Build.Tests;

/// <summary>What a command printed and how it ended.</summary>
internal sealed partial record CommandResult(int ExitCode, string Output)
{
    /// <summary>Distinct lines that MSBuild shows as errors.</summary>
    internal IReadOnlyList<string> Errors => Lines(ErrorLine());

    /// <summary>Distinct lines that MSBuild shows as warnings.</summary>
    internal IReadOnlyList<string> Warnings => Lines(WarningLine());

    internal CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    internal CommandResult Failed()
    {
        Assert.True(ExitCode != 0, Output);
        return this;
    }

    private List<string> Lines(Regex pattern) =>
        [.. Output.Split('\n').Select(line => line.Trim()).Where(line => pattern.IsMatch(line)).Select(WithoutProject).Distinct()];

    private static string WithoutProject(string line) => ProjectSuffix().Replace(line, "");

    [GeneratedRegex(@"(^|: )error( \w+)?:")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"(^|: )warning( \w+)?:")]
    private static partial Regex WarningLine();

    [GeneratedRegex(@" \[[^\]]*proj(::[^\]]*)?\]$")]
    private static partial Regex ProjectSuffix();
}
