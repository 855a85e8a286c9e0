using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FastDeepIoT.Tool;

/// <summary>Makers of options that check their values and say what a good one looks like.</summary>
internal static class Options
{
    /// <summary>The formats of results on standard output.</summary>
    internal static Option<string> Format() => Choice("--format", "How to print the result.", "text", "json");

    /// <summary>One of a few words, the first being the default.</summary>
    internal static Option<string> Choice(string name, string description, params string[] words) => new(name)
    {
        HelpName = string.Join('|', words),
        Description = description,
        DefaultValueFactory = _ => words[0],
        CustomParser = result => Array.Find(words, word => word == Text(result))
            ?? Wrong<string>(result, $"{name} '{Text(result)}' is not one of {string.Join(", ", words)}."),
    };

    /// <summary>A duration with its unit.</summary>
    internal static Option<Duration?> Duration(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => Tool.Duration.TryParse(Text(result), out var duration)
            ? duration
            : Wrong<Duration?>(result,
                $"{name} '{Text(result)}' is not a duration. Write a number with its unit, such as {Tool.Duration.Examples}."),
    };

    /// <summary>A percentage with its sign.</summary>
    internal static Option<Percent?> Percent(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => Tool.Percent.TryParse(Text(result), out var percent)
            ? percent
            : Wrong<Percent?>(result,
                $"{name} '{Text(result)}' is not a percentage. Write a number with its sign, such as {Tool.Percent.Examples}."),
    };

    /// <summary>A positive whole number; null when left out.</summary>
    internal static Option<int?> Count(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : Wrong<int?>(result, $"{name} '{Text(result)}' is not a positive whole number. Write for instance {name} 1."),
    };

    /// <summary>A file to write.</summary>
    internal static Option<string?> Output(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
    };

    /// <summary>Whether the user gave the option, be its value good or bad.</summary>
    internal static bool IsGiven(this SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static string Text(ArgumentResult result) => result.Tokens[^1].Value;

    private static T? Wrong<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
