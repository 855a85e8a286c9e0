using System.CommandLine;
using System.CommandLine.Parsing;
using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot lint</c>: what is wrong with a model itself, and a copy without it.</summary>
internal sealed class LintCommand
{
    private readonly ModelOptions _models = new();
    private readonly DeviceOptions _device = new();
    private readonly Option<string?> _fix = Options.Output("--fix", "out.onnx", "Write a copy with what can be mended, mended. Takes one model.");

    internal static Command Create()
    {
        var options = new LintCommand();
        var command = new Command("lint", "Look for denormal, infinite, unused and replaceable weights, shapes known only at run time, and slow ways to run a layer.");
        options._models.AddTo(command);
        options._device.AddTo(command);
        command.Add(options._fix);
        command.Validators.Add(options.Validate);
        command.SetWork(options.Run);
        return command.WithExamples("lint model.onnx", "lint model.onnx --device device.json --fix mended.onnx");
    }

    private void Validate(CommandResult result)
    {
        if (result.GetResult(_fix)?.Tokens is not [var destination]) return;
        var paths = _models.Paths(result);
        if (paths.Count > 1) result.AddError("--fix writes one model. Give one at a time.");
        else if (paths is [var source] && Path.GetFullPath(source) == Path.GetFullPath(destination.Value))
            result.AddError("--fix is the model itself. Name another file: the original is never changed.");
    }

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        var device = _device.Resolve(parse);
        var optimizer = new ModelOptimizer(device.Model, _models.Dimensions(parse));
        var looked = Attempts.Each(_models.Paths(parse), path => optimizer.Lint(path), cancellation);
        Output.Findings(looked.Results.SelectMany(model => model.Findings).Concat(looked.Failures));
        if (looked.Failures.Count > 0) return ExitCode.BadInput;

        foreach (var model in looked.Results) Output.Result($"{Printable.Of(model.Path)}: {Number.Count(model.Findings.Count, "finding")}\n");
        if (parse.GetValue(_fix) is { } destination) Fix(_models.Paths(parse)[0], destination, parse, cancellation);
        return ExitCode.Done;
    }

    private void Fix(string source, string destination, ParseResult parse, CancellationToken cancellation)
    {
        var model = ExternalData.Embed(OnnxFile.Read(source), source);
        var mended = LintFix.Apply(model);
        EmptyBiases.Remove(model); // with them, the original cannot be run to compare
        var verification = Verifier.Compare(model, mended, source, new VerificationOptions { FreeDimensions = _models.Dimensions(parse) }, cancellation);
        if (!verification.Passed)
            throw new InputException(DiagnosticCode.VerificationFailed, $"The mended model was not written: {verification.Reason}.", source);

        OnnxFile.Write(mended, destination);
        Output.Result($"{Printable.Of(destination)}: written, {OptimizationText.Outputs(verification)}\n");
    }
}

/// <summary>What was found about one model.</summary>
internal sealed record LintedModel(string Path, IReadOnlyList<Finding> Findings);
