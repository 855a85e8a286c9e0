using System.CommandLine;
using FastDeepIoT.Profiling;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot evaluate</c>: predicted against measured.</summary>
internal sealed class EvaluateCommand
{
    private readonly ModelOptions _models = new();
    private readonly DeviceOptions _device = new();
    private readonly Option<string> _format = Options.Format();

    internal static Command Create()
    {
        var options = new EvaluateCommand();
        var command = new Command("evaluate", "Hold the predictions of a device model against measurements on this machine.");
        options._models.AddTo(command);
        options._device.AddTo(command);
        command.Add(options._format);
        command.SetWork(options.Run);
        return command.WithExamples("evaluate *.onnx --device device.json", "evaluate model.onnx --device device.json --format json");
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        var device = _device.Resolve(parse);
        Output.Findings(device.Findings);
        Output.Findings(OtherMachine(device.Model));
        var loaded = _models.Load(parse, cancellation);
        var predictor = new ModelPredictor(device.Model);
        var predicted = loaded.Select(predictor.Predict).ToList();
        using var alone = MeasuringLock.Take();
        Output.Findings(alone.Findings);
        var measured = MeasuredModel.Measure(loaded, _device.Threads(parse) ?? device.Model.Provenance.Threads, cancellation);
        Output.Findings(measured.SelectMany(model => model.Findings).Concat(predicted.Select(CheckMessages.Unmodelled).OfType<Finding>()));
        var evaluation = new Evaluation([.. predicted.Zip(measured, (one, other) => new EvaluatedModel(one, other))]);
        Output.Result(parse.GetValue(_format) == "json" ? EvaluationRendering.Json(evaluation) : EvaluationRendering.Text(evaluation));
        return ExitCode.Done;
    }

    private static IEnumerable<Finding> OtherMachine(DeviceModel device)
    {
        var here = Machine.Describe(device.Provenance.Threads);
        if (here.Cpu != device.Provenance.Cpu)
            yield return new Finding(DiagnosticCode.DeviceMismatch,
                $"The device model '{device.Name}' was measured on '{device.Provenance.Cpu}', this machine has '{here.Cpu}'. "
                + "Profile this machine to see how good predictions for it are.");
    }
}
