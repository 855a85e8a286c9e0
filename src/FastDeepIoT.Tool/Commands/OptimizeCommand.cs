using System.CommandLine;
using System.CommandLine.Parsing;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// <c>fastdeepiot optimize</c>: makes a model faster on a device, without changing what it computes or at a bounded cost in accuracy.
/// </summary>
internal sealed class OptimizeCommand
{
    private const string Compress = "compress";

    private readonly ModelOptions _model = new(single: true);
    private readonly DeviceOptions _device = new();
    private readonly Option<string> _out = new("--out")
    {
        HelpName = "out.onnx",
        Description = "Where to write the result.",
        Required = true,
    };

    private readonly Option<string> _mode = Options.Choice("--mode",
        "How far to go: 'exact' keeps the outputs equal up to rounding, 'compress' may cost some accuracy.", "exact", Compress);

    private readonly CalibrationOptions _calibration = new();
    private readonly Option<string?> _frontier = Options.Output("--frontier", "f.json|f.html",
        "Compress mode: write the whole trade-off between time and accuracy, as JSON or as a page.");

    private readonly Option<Duration?> _budget = Options.Duration("--latency-budget", "TIME",
        "Fail when the result is predicted to take longer, such as 12ms.");

    private readonly Option<bool> _measure = new("--measure")
    {
        Description = "Time the models here, and take back the changes, or all of them, that do not make it faster; with --frontier, time its points too.",
    };

    private readonly Option<string?> _report = Options.Output("--report", "report.json", "Write what was changed and why as JSON.");
    private readonly Option<string?> _html = Options.Output("--html", "report.html", "Write what was changed and why as a page.");

    internal static Command Create()
    {
        var options = new OptimizeCommand();
        var command = new Command("optimize",
            "Make an ONNX model faster on a device, without changing what it computes or at a bounded cost in accuracy. "
            + "The original stays as it is.");
        options._model.AddTo(command);
        options._device.AddTo(command);
        Option[] own = [options._out, options._mode, options._budget, options._measure, options._report, options._html];
        foreach (var option in own) command.Add(option);
        options._calibration.AddTo(command, options.IsCompress);
        command.Add(options._frontier);
        command.Validators.Add(options.Validate);
        command.SetWork(options.Run);
        return command.WithExamples(
            "optimize model.onnx --device device.json --out faster.onnx",
            "optimize model.onnx --out faster.onnx --measure --html report.html",
            "optimize model.onnx --device device.json --out faster.onnx --latency-budget 12ms",
            "optimize model.onnx --mode compress --calibration samples.npz --max-drop 0.5% --out faster.onnx --frontier frontier.html");
    }

    private bool IsCompress(CommandResult result) => result.GetResult(_mode)?.Tokens is [{ Value: Compress }];

    private void Validate(CommandResult result)
    {
        if (result.GetResult(_out)?.Tokens is [var destination] && _model.Paths(result) is [var source, ..]
            && IsSame(source, destination.Value))
            result.AddError("--out is the model itself. Name another file: the original is never changed.");
        if (result.IsGiven(_frontier) && !IsCompress(result)) result.AddError("--frontier belongs to --mode compress. Add that, or leave it out.");
        if (result.GetResult(_frontier)?.Tokens is [var frontier] && Path.GetExtension(frontier.Value) is not (".json" or ".html"))
            result.AddError($"--frontier '{frontier.Value}' is neither .json nor .html. Name the file with one of these.");
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        var (source, destination) = (_model.Paths(parse)[0], parse.GetRequiredValue(_out));
        var device = _device.Resolve(parse);
        Output.Findings(device.Findings);
        var optimizer = new ModelOptimizer(device.Model, _model.Dimensions(parse));
        var model = Optimize(optimizer, source, parse, cancellation);
        if (parse.GetValue(_measure)) model = Confirm(optimizer, model, source, _device.Threads(parse) ?? device.Model.Provenance.Threads, cancellation);
        if (parse.GetValue(_frontier) is { } frontier) WholeFile.Write(frontier, Frontier.Of(model, frontier));
        var late = Late(model, parse.GetValue(_budget));
        if (model.MissedGate) return Failed(model.Findings);
        if (late is not null && model.Compression is not null) return Failed(model.Findings.Append(late));

        Delivery.WriteLarge(model, source, destination);
        if (parse.GetValue(_report) is { } report) WholeFile.Write(report, OptimizationJson.Of(model));
        if (parse.GetValue(_html) is { } html) WholeFile.Write(html, OptimizationPage.Of(model));
        Output.Findings(model.Findings);
        Output.Result(OptimizationText.Of(model, destination));
        if (IsCompress(parse.CommandResult)) Output.Result($"\n  took       {RunCost.Text()}\n");
        return late is null ? ExitCode.Done : Failed([late]);
    }

    private static OptimizedModel Confirm(ModelOptimizer optimizer, OptimizedModel model, string source, int threads, CancellationToken cancellation)
    {
        using var alone = MeasuringLock.Take();
        Output.Findings(alone.Findings);
        return optimizer.Confirm(model, source, threads, cancellation);
    }

    private OptimizedModel Optimize(ModelOptimizer optimizer, string source, ParseResult parse, CancellationToken cancellation)
    {
        using var line = new ProgressLine();
        var watch = new SearchWatch(line);
        if (!IsCompress(parse.CommandResult)) return optimizer.Optimize(source, source, watch, cancellation);

        var request = _calibration.Request(parse, parse.GetValue(_budget)) with { WholeFrontier = parse.GetValue(_frontier) is not null };
        return optimizer.Compress(source, source, request, watch, cancellation);
    }

    private static int Failed(IEnumerable<Finding> findings)
    {
        Output.Findings(findings);
        return ExitCode.CheckFailed;
    }

    private static Finding? Late(OptimizedModel model, Duration? budget) => budget is { } most && model.After.Nanoseconds > most.Nanoseconds
        ? CheckMessages.StillOverBudget(model.Delivered, new LatencyLimit(most.Nanoseconds))
        : null;

    private static bool IsSame(string source, string destination) => Path.GetFullPath(source) == Path.GetFullPath(destination);

    /// <summary>Shows how far the search is, once it takes long enough to wonder.</summary>
    private sealed class SearchWatch(ProgressLine line) : IProgress<double>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
        private readonly long _start = System.Diagnostics.Stopwatch.GetTimestamp();

        public void Report(double share)
        {
            var spent = System.Diagnostics.Stopwatch.GetElapsedTime(_start);
            if (spent > Patience && share > 0) line.Show(share, "done", spent / share - spent);
        }
    }
}
