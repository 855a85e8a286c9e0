using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The arguments that commands over ONNX models share.</summary>
internal sealed class ModelOptions(bool single = false)
{
    private readonly Argument _models = single
        ? new Argument<string>("model.onnx") { Description = "The ONNX model." }
        : new Argument<string[]>("model.onnx") { Description = "The ONNX models.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<KeyValuePair<string, long>[]> _dimensions = new("--dim")
    {
        HelpName = "NAME=N",
        Description = "Size of a free dimension of the inputs; may be given several times. Those not given are taken as 1.",
        CustomParser = ParseDimensions,
    };

    /// <summary>Adds the arguments to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_models);
        command.Add(_dimensions);
        command.Validators.Add(result =>
        {
            foreach (var path in Paths(result).Where(path => path.StartsWith('-'))) result.AddError($"Unrecognized option '{path}'.");
        });
    }

    /// <summary>Works on each model on its own; one that cannot be read does not hide what there is to say about the others.</summary>
    internal Attempts<T> Each<T>(ParseResult parse, Func<LoadedModel, T> work, CancellationToken cancellation)
        where T : class
    {
        var dimensions = Dimensions(parse);
        return Attempts.Each(Paths(parse), path => work(LoadedModel.Read(path, dimensions)), cancellation);
    }

    /// <summary>Reads all models.</summary>
    /// <exception cref="InputException">One of them cannot be read.</exception>
    internal IReadOnlyList<LoadedModel> Load(ParseResult parse, CancellationToken cancellation)
    {
        var loaded = Each(parse, model => model, cancellation);
        return loaded.Failures is [var first, ..] ? throw new InputException(first) : loaded.Results;
    }

    /// <summary>The paths, as given.</summary>
    internal IReadOnlyList<string> Paths(ParseResult parse) => Paths(parse.CommandResult);

    /// <summary>The paths, as far as they are given.</summary>
    internal IReadOnlyList<string> Paths(CommandResult result) => [.. (result.GetResult(_models)?.Tokens ?? []).Select(token => token.Value)];

    /// <summary>The sizes of free dimensions.</summary>
    internal FreeDimensions Dimensions(ParseResult parse) => new(new Dictionary<string, long>(parse.GetValue(_dimensions) ?? []));

    private static KeyValuePair<string, long>[] ParseDimensions(ArgumentResult result)
    {
        var sizes = new Dictionary<string, long>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var (name, number) = text.LastIndexOf('=') is > 0 and var at ? (text[..at], text[(at + 1)..]) : ("", "");
            if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size < 1)
                result.AddError($"--dim '{text}' is not a name and a positive whole number. Write for instance --dim batch=1.");
            else if (!sizes.TryAdd(name, size))
                result.AddError($"--dim names '{name}' twice. Give it one size.");
        }

        return [.. sizes];
    }
}
