using System.CommandLine;
using System.CommandLine.Parsing;
using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot check</c>: fails when a model is predicted to miss its budget, or to have become slower.</summary>
internal sealed class CheckCommand
{
    private const double DefaultMaxRegression = 0.05;
    private readonly ModelOptions _models = new();
    private readonly DeviceOptions _device = new();
    private readonly Option<Duration?> _budget = Options.Duration("--latency-budget", "TIME",
        "The most that each model may take, such as 12ms.");

    private readonly Option<string?> _baseline = Options.Output("--baseline", "latency.json",
        "Compare with the predicted times in this file.");

    private readonly Option<Percent?> _maxRegression = Options.Percent("--max-regression", "PERCENT",
        "How much more than in the baseline a model may take. [default: 5%]");

    private readonly Option<bool> _update = new("--update-baseline") { Description = "Write the predicted times into the baseline." };
    private readonly Option<string?> _sarif = Options.Output("--sarif", "out.sarif", "Write the findings as SARIF 2.1, for code scanning.");
    private readonly Option<string?> _markdown = Options.Output("--markdown", "out.md", "Write a summary as Markdown, for a pull request.");
    private readonly Option<string> _format = Options.Format();

    internal static Command Create()
    {
        var options = new CheckCommand();
        var command = new Command("check",
            "Hold predicted latencies against a budget or a baseline. Exit code 1 when one fails.");
        options._models.AddTo(command);
        options._device.AddTo(command);
        foreach (var option in new Option[]
        {
            options._budget, options._baseline, options._maxRegression, options._update, options._sarif, options._markdown, options._format,
        })
            command.Add(option);
        command.Validators.Add(options.Validate);
        command.SetWork(options.Run);
        return command.WithExamples(
            "check model.onnx --device device.json --latency-budget 12ms",
            "check *.onnx --device device.json --baseline latency.json --update-baseline",
            "check *.onnx --device device.json --baseline latency.json --max-regression 5% --markdown summary.md");
    }

    private void Validate(CommandResult result)
    {
        if (!result.IsGiven(_budget) && !result.IsGiven(_baseline))
            result.AddError("There is nothing to check against. Give --latency-budget, --baseline, or both.");
        if (!result.IsGiven(_baseline) && (result.IsGiven(_update) || result.IsGiven(_maxRegression)))
            result.AddError("--max-regression and --update-baseline need --baseline, the file they are about.");
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        var limits = Limits(parse);
        var device = _device.Resolve(parse);
        var predictor = new ModelPredictor(device.Model);
        var checks = _models.Each(parse, model => ModelCheck.Of(predictor.Predict(model), limits), cancellation);
        Output.Findings(device.Findings);
        Output.Findings(checks.Results.SelectMany(check => check.Notes.Concat(check.Failures)).Concat(checks.Failures));
        if (checks.Failures.Count > 0) return ExitCode.BadInput;

        Print(parse, checks.Results);
        if (parse.GetValue(_update)) Update(parse.GetRequiredValue(_baseline)!, checks.Results);
        return checks.Results.All(check => check.Passed) ? ExitCode.Done : ExitCode.CheckFailed;
    }

    // While the baseline is being updated, what it said before is no limit.
    private CheckLimits Limits(ParseResult parse) => new(
        parse.GetValue(_budget),
        parse.GetValue(_baseline) is { } file && !parse.GetValue(_update) ? LatencyBaseline.Read(file) : null,
        parse.GetValue(_maxRegression) ?? new Percent(DefaultMaxRegression));

    private void Print(ParseResult parse, IReadOnlyList<ModelCheck> checks)
    {
        if (parse.GetValue(_sarif) is { } sarif) WholeFile.Write(sarif, CheckSarif.Of(checks));
        if (parse.GetValue(_markdown) is { } markdown) WholeFile.Write(markdown, CheckMarkdown.Of(checks));
        Output.Result(parse.GetValue(_format) == "json" ? CheckJson.Of(checks) : CheckText.Of(checks));
    }

    private static void Update(string file, IReadOnlyList<ModelCheck> checks)
    {
        var baseline = File.Exists(file) ? LatencyBaseline.Read(file) : new LatencyBaseline(file);
        foreach (var check in checks) baseline.Set(check.Model.Path, check.Model.Device, check.Model.Prediction.Time.Nanoseconds);
        baseline.Write(file);
    }
}
