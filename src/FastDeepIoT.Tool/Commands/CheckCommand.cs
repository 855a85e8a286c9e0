using System.CommandLine;
using System.CommandLine.Parsing;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot check</c>: fails when a model is predicted to miss its budget, or to have become slower.</summary>
internal sealed class CheckCommand
{
    private const double DefaultMaxRegression = 0.05;
    private const string UpperBound = "upper-bound";
    private readonly ModelOptions _models = new();
    private readonly DeviceOptions _device = new();
    private readonly Option<Duration?> _budget = Options.Duration("--latency-budget", "TIME",
        "The most that each model may take, such as 12ms.");

    private readonly Option<Duration?> _total = Options.Duration("--total-latency-budget", "TIME",
        "The most that all models together may take.");

    private readonly Option<string> _budgetOn = Options.Choice("--budget-on",
        "What is held against budgets: the predicted time, or the upper end of its 80% interval.", "median", UpperBound);

    private readonly Option<string[]> _severity = new("--severity")
    {
        HelpName = "CODE=SEVERITY",
        Description = "Judge a code as none, message, warning or error, such as FDI2001=warning. May be repeated.",
    };

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
            options._budget, options._total, options._budgetOn, options._baseline, options._maxRegression, options._update, options._severity,
            options._sarif, options._markdown, options._format,
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
        if (!result.IsGiven(_budget) && !result.IsGiven(_total) && !result.IsGiven(_baseline))
            result.AddError("There is nothing to check against. Give --latency-budget, --total-latency-budget or --baseline.");
        foreach (var problem in Judgement(result).Problems)
            result.AddError($"--severity '{problem}' is not {Severities.Expected}.");
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
        var result = CheckResult.Of(checks.Results, limits);
        Output.Findings(result.Findings.Select(judged => judged.Finding).Concat(checks.Failures));
        if (checks.Failures.Count > 0) return ExitCode.BadInput;

        Print(parse, result);
        if (parse.GetValue(_update)) Update(parse.GetRequiredValue(_baseline)!, result.Models);
        return result.Passed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    // While the baseline is being updated, what it said before is no limit.
    private CheckLimits Limits(ParseResult parse) => new(
        Limit(parse, _budget),
        Limit(parse, _total),
        parse.GetValue(_baseline) is { } file && !parse.GetValue(_update) ? LatencyBaseline.Read(file) : null,
        parse.GetValue(_maxRegression) ?? new Percent(DefaultMaxRegression),
        Judgement(parse.CommandResult));

    private LatencyLimit? Limit(ParseResult parse, Option<Duration?> option) => parse.GetValue(option) is { } time
        ? new LatencyLimit(time.Nanoseconds, parse.GetValue(_budgetOn) == UpperBound ? BudgetBasis.UpperBound : BudgetBasis.Median)
        : null;

    private Severities Judgement(CommandResult result) =>
        new(string.Join(';', (result.GetResult(_severity)?.Tokens ?? []).Select(token => token.Value)));

    private void Print(ParseResult parse, CheckResult result)
    {
        if (parse.GetValue(_sarif) is { } sarif) WholeFile.Write(sarif, CheckSarif.Of(result));
        if (parse.GetValue(_markdown) is { } markdown) WholeFile.Write(markdown, CheckMarkdown.Of(result));
        Output.Result(parse.GetValue(_format) == "json" ? CheckJson.Of(result) : CheckText.Of(result));
    }

    private static void Update(string file, IReadOnlyList<ModelCheck> checks)
    {
        var baseline = File.Exists(file) ? LatencyBaseline.Read(file) : new LatencyBaseline(file);
        foreach (var check in checks) baseline.Set(check.Model.Path, check.Model.Device, check.Model.Prediction.Time.Nanoseconds);
        baseline.RemoveMissing();
        baseline.Write(file);
    }
}
