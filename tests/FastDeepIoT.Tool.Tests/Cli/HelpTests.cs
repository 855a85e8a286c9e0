namespace FastDeepIoT.Tool.Tests;

public sealed class HelpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_command_has_a_description_and_examples_that_it_understands()
    {
        foreach (var command in CommandLine.Root().Subcommands.Where(command => !command.Hidden))
        {
            var result = ToolProcess.Run(_folder, command.Name, "--help");

            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.Contains(command.Description!, result.Output);
            var examples = result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..]
                .Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("fastdeepiot ", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(examples);
            Assert.All(examples, example => Assert.Empty(CommandLine.Root().Parse(example["fastdeepiot ".Length..]).Errors));
        }
    }

    [Fact]
    public void The_version_is_printed()
    {
        var result = ToolProcess.Run(_folder, "--version");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Output);
    }
}
