using System.CommandLine;
using System.CommandLine.Parsing;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot optimize</c>: makes a model faster on a device without changing what it computes.</summary>
internal sealed class OptimizeCommand
{
    private readonly ModelOptions _model = new(single: true);
    private readonly DeviceOptions _device = new();
    private readonly Option<string> _out = new("--out")
    {
        HelpName = "out.onnx",
        Description = "Where to write the result.",
        Required = true,
    };

    private readonly Option<string> _mode = Options.Choice("--mode",
        "How far to go: 'exact' keeps the outputs equal up to rounding.", "exact");

    private readonly Option<Duration?> _budget = Options.Duration("--latency-budget", "TIME",
        "Fail when the result is predicted to take longer, such as 12ms.");

    private readonly Option<bool> _measure = new("--measure")
    {
        Description = "Time both models here, and keep the original when the result is not faster.",
    };

    private readonly Option<string?> _report = Options.Output("--report", "report.json", "Write what was changed and why as JSON.");
    private readonly Option<string?> _html = Options.Output("--html", "report.html", "Write what was changed and why as a page.");

    internal static Command Create()
    {
        var options = new OptimizeCommand();
        var command = new Command("optimize",
            "Make an ONNX model faster on a device without changing what it computes. The original stays as it is.");
        options._model.AddTo(command);
        options._device.AddTo(command);
        Option[] own = [options._out, options._mode, options._budget, options._measure, options._report, options._html];
        foreach (var option in own) command.Add(option);
        command.Validators.Add(options.Validate);
        command.SetWork(options.Run);
        return command.WithExamples(
            "optimize model.onnx --device device.json --out faster.onnx",
            "optimize model.onnx --out faster.onnx --measure --html report.html",
            "optimize model.onnx --device device.json --out faster.onnx --latency-budget 12ms");
    }

    private void Validate(CommandResult result)
    {
        if (result.GetResult(_out)?.Tokens is [var destination] && _model.Paths(result) is [var source, ..]
            && IsSame(source, destination.Value))
            result.AddError("--out is the model itself. Name another file: the original is never changed.");
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        var (source, destination) = (_model.Paths(parse)[0], parse.GetRequiredValue(_out));
        var device = _device.Resolve(parse);
        Output.Findings(device.Findings);
        var optimizer = new ModelOptimizer(device.Model, _model.Dimensions(parse));
        var model = Optimize(optimizer, source, cancellation);
        if (parse.GetValue(_measure))
            model = optimizer.Confirm(model, source, _device.Threads(parse) ?? device.Model.Provenance.Threads, cancellation);

        Delivery.Write(model, source, destination);
        if (parse.GetValue(_report) is { } report) WholeFile.Write(report, OptimizationJson.Of(model));
        if (parse.GetValue(_html) is { } html) WholeFile.Write(html, OptimizationPage.Of(model));
        Output.Findings(model.Findings);
        Output.Result(OptimizationText.Of(model, destination));
        return Judge(model, parse.GetValue(_budget));
    }

    private static OptimizedModel Optimize(ModelOptimizer optimizer, string source, CancellationToken cancellation)
    {
        using var line = new ProgressLine();
        return optimizer.Optimize(source, source, new SearchWatch(line), cancellation);
    }

    private static int Judge(OptimizedModel model, Duration? budget)
    {
        if (budget is not { } most || model.After.Nanoseconds <= most.Nanoseconds) return ExitCode.Done;

        Output.Findings([CheckMessages.OverBudget(model.Delivered, most)]);
        return ExitCode.CheckFailed;
    }

    private static bool IsSame(string source, string destination) => Path.GetFullPath(source) == Path.GetFullPath(destination);

    /// <summary>Shows how far the search is, once it takes long enough to wonder.</summary>
    private sealed class SearchWatch(ProgressLine line) : IProgress<double>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
        private readonly long _start = System.Diagnostics.Stopwatch.GetTimestamp();

        public void Report(double share)
        {
            var spent = System.Diagnostics.Stopwatch.GetElapsedTime(_start);
            if (spent > Patience && share > 0) line.Show(share, "searched", spent / share - spent);
        }
    }
}
