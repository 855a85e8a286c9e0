using System.CommandLine;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The command line as a whole: from arguments to an exit code.</summary>
internal static class CommandLine
{
    // No response files: a model may have any name.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    // Work that was asked to stop gets the time of one measurement to clean up.
    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
    };

    private static readonly Option<bool> Debug = new("--debug") { Description = "Show the stack trace of an error.", Recursive = true };

    /// <summary>Runs the command that the arguments name.</summary>
    internal static async Task<int> RunAsync(string[] args)
    {
        var parse = Root().Parse(args, Parsing);
        if (parse.Errors.Count > 0) return Usage(parse);

        try
        {
            return await parse.InvokeAsync(Invocation);
        }
        catch (Exception e)
        {
            return Failure.Report(e, Console.Error, parse.GetValue(Debug));
        }
    }

    /// <summary>All commands.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand(
            "Learns how long neural network layers take on a device, predicts ONNX models with it, makes them faster and gates their "
            + "latency.")
        {
            Debug,
            DevicesCommand.Create(),
            PredictCommand.Create(),
            CheckCommand.Create(),
            OptimizeCommand.Create(),
            MeasureCommand.Create(),
            EvaluateCommand.Create(),
            LintCommand.Create(),
            ProfileCommand.Create(),
            FitCommand.Create(),
            ExplainCommand.Create(),
            CacheCommand.Create(),
            BuildCommand.Create(),
        };
        Help.Install(root);
        root.WithExamples(
            "predict model.onnx",
            "profile --out device.json",
            "optimize model.onnx --device device.json --out faster.onnx",
            "check faster.onnx --device device.json --latency-budget 12ms");
        return root;
    }

    private static int Usage(ParseResult parse)
    {
        foreach (var error in parse.Errors)
            Console.Error.WriteLine(new Finding(DiagnosticCode.InvalidOption, error.Message));
        Console.Error.WriteLine($"See '{Help.NameOf(parse.CommandResult.Command)} --help'.");
        return ExitCode.BadInput;
    }
}
