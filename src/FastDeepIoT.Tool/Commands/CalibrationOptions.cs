using System.CommandLine;
using System.CommandLine.Parsing;
using FastDeepIoT.Optimization;

namespace FastDeepIoT.Tool;

/// <summary>The arguments of compress mode: data, how they become inputs, and what may be lost.</summary>
internal sealed class CalibrationOptions
{
    private readonly Option<string?> _data = new("--calibration")
    {
        HelpName = "FILE|DIR",
        Description = "Compress mode: samples as .npz, .npy, a folder of them, or ONNX test_data_set_* folders; labels as 'y'. Without any, weights alone tell what channels are worth.",
    };

    private readonly Option<string?> _judging = new("--judging")
    {
        HelpName = "FILE|DIR",
        Description = "Compress mode: other samples to judge the result by, instead of a part of those for calibration.",
    };

    private readonly Option<Percent?> _drop = Options.Percent("--max-drop", "PERCENT",
        "Compress mode: accuracy it may cost, 0.5% if left out; agreement or output error without labels.");

    private readonly Option<double[]> _scale = Numbers("--scale", "Compress mode: what values are multiplied by first, such as 1/255.");
    private readonly Option<double[]> _mean = Numbers("--mean", "Compress mode: what is then subtracted: one number, or one a channel.");
    private readonly Option<double[]> _std = Numbers("--std", "Compress mode: what is then divided by: one number, or one a channel.");
    private readonly Option<string> _layout = Options.Choice("--layout", "Compress mode: 'nhwc' when channels are last in the data and first in the model.", "same", "nhwc");
    private readonly Option<int?> _seed = Options.Count("--seed", "Compress mode: where the split of the data starts, 1 if left out.");

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isCompress">Whether they may be given, or else what to say.</param>
    internal void AddTo(Command command, Func<CommandResult, bool> isCompress)
    {
        Option[] own = [_data, _judging, _drop, _scale, _mean, _std, _layout, _seed];
        foreach (var option in own) command.Add(option);
        command.Validators.Add(result =>
        {
            if (isCompress(result))
            {
                if (!result.IsGiven(_data) && ((Option[])[_judging, _scale, _mean, _std, _layout]).FirstOrDefault(option => result.IsGiven(option)) is { } idle)
                    result.AddError($"{idle.Name} is about data, and there are none. Give some with --calibration.");
            }
            else if (own.FirstOrDefault(option => result.IsGiven(option)) is { } misplaced)
                result.AddError($"{misplaced.Name} belongs to --mode compress. Add that, or leave it out.");
        });
    }

    /// <summary>What the user asked for.</summary>
    internal CalibrationRequest Request(ParseResult parse, Duration? budget) => new(parse.GetValue(_data))
    {
        Judging = parse.GetValue(_judging),
        MaxDrop = parse.GetValue(_drop) ?? CalibrationRequest.UsualDrop,
        Budget = budget,
        Seed = parse.GetValue(_seed) ?? 1,
        Preprocessing = new Preprocessing
        {
            Scale = parse.GetValue(_scale) is [var scale, ..] ? scale : 1,
            Mean = parse.GetValue(_mean) is { Length: > 0 } mean ? mean : null,
            Std = parse.GetValue(_std) is { Length: > 0 } std ? std : null,
            ChannelsLast = parse.GetValue(_layout) == "nhwc",
        },
    };

    private static Option<double[]> Numbers(string name, string description) => new(name)
    {
        HelpName = "N[,N...]",
        Description = description,
        CustomParser = result =>
        {
            if (NumberList.TryParse(result.Tokens[^1].Value, out var numbers)) return numbers;
            result.AddError($"{name} '{result.Tokens[^1].Value}' is no list of numbers. Write for instance {name} 0.485,0.456,0.406 or {name} 1/255.");
            return [];
        },
    };
}
