using System.CommandLine;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot predict</c>: how long models take on a device, without running them.</summary>
internal static class PredictCommand
{
    internal static Command Create()
    {
        var (models, device, format) = (new ModelOptions(), new DeviceOptions(), Options.Format());
        var command = new Command("predict", "Predict how long ONNX models take on a device, layer by layer. Nothing is run.");
        models.AddTo(command);
        device.AddTo(command);
        command.Add(format);
        command.SetWork((parse, cancellation) => Run(parse, models, device, parse.GetValue(format) == "json", cancellation));
        return command.WithExamples(
            "predict model.onnx",
            "predict model.onnx --device device.json --dim batch=1",
            "predict *.onnx --device device.json --format json");
    }

    private static int Run(ParseResult parse, ModelOptions models, DeviceOptions device, bool asJson, CancellationToken cancellation)
    {
        var resolved = device.Resolve(parse);
        Output.Findings(resolved.Findings);
        var predicted = models.Each(parse, new ModelPredictor(resolved.Model).Predict, cancellation);
        Output.Findings(predicted.Results.SelectMany(model => model.Findings).Concat(predicted.Failures));
        if (predicted.Results.Count > 0)
            Output.Result(asJson ? PredictionJson.Of(predicted.Results) : PredictionText.Of(predicted.Results));
        return predicted.Failures.Count > 0 ? ExitCode.BadInput : ExitCode.Done;
    }
}
