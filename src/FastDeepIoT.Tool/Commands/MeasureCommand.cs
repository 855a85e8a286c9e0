using System.CommandLine;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot measure</c>: how long models really take on this machine.</summary>
internal sealed class MeasureCommand
{
    private const int DefaultThreads = 1;
    private readonly ModelOptions _models = new();
    private readonly Option<int?> _threads = Options.Count("--threads", "Threads to give the runtime. [default: 1]");
    private readonly Option<string> _format = Options.Format();

    internal static Command Create()
    {
        var options = new MeasureCommand();
        var command = new Command("measure",
            "Measure how long ONNX models take on this machine. Several are timed in turn, so that they compare.");
        options._models.AddTo(command);
        command.Add(options._threads);
        command.Add(options._format);
        command.SetWork(options.Run);
        return command.WithExamples("measure model.onnx", "measure before.onnx after.onnx --threads 2 --format json");
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        var loaded = _models.Load(parse, cancellation);
        using var alone = MeasuringLock.Take();
        Output.Findings(alone.Findings);
        var measured = MeasuredModel.Measure(loaded, parse.GetValue(_threads) ?? DefaultThreads, cancellation);
        Output.Findings(measured.SelectMany(model => model.Findings));
        Output.Result(parse.GetValue(_format) == "json" ? MeasurementRendering.Json(measured) : MeasurementRendering.Text(measured));
        return ExitCode.Done;
    }
}
