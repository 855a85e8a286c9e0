using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FastDeepIoT.Tool;

/// <summary>Help with examples at its end.</summary>
internal static class Help
{
    private static readonly Dictionary<Command, string[]> Examples = [];

    /// <summary>Adds command lines to show in the help of a command; written without the name of the tool.</summary>
    internal static Command WithExamples(this Command command, params string[] examples)
    {
        Examples[command] = examples;
        return command;
    }

    /// <summary>Makes <c>--help</c> show the examples.</summary>
    internal static void Install(RootCommand root)
    {
        foreach (var option in root.Options)
            if (option is HelpOption { Action: HelpAction standard } help)
                help.Action = new HelpWithExamples(standard);
    }

    /// <summary>How a command is called.</summary>
    internal static string NameOf(Command command) => command is RootCommand ? "fastdeepiot" : "fastdeepiot " + command.Name;

    private sealed class HelpWithExamples(HelpAction standard) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parse)
        {
            var code = standard.Invoke(parse);
            var output = parse.InvocationConfiguration.Output;
            if (!Examples.TryGetValue(parse.CommandResult.Command, out var examples)) return code;

            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine("  fastdeepiot " + example);
            output.WriteLine();
            return code;
        }
    }
}
