using System.CommandLine;
using FastDeepIoT.Profiling.Samples;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot fit</c>: learns a device model from samples measured before.</summary>
internal static class FitCommand
{
    internal static Command Create()
    {
        var samples = new Argument<string[]>("samples.csv")
        {
            Description = "The measurements, as 'fastdeepiot profile --samples' writes them; those of several profiles of one machine are taken together.",
            Arity = ArgumentArity.OneOrMore,
        };
        var options = new FitOptions();
        var command = new Command("fit", "Learn a device model from measurements made before. The same samples give the same bytes.")
        {
            samples,
        };
        options.AddTo(command);
        command.SetWork((parse, _) =>
        {
            options.Target(parse).Learn(SamplePool.Read(parse.GetRequiredValue(samples)));
            return ExitCode.Done;
        });
        return command.WithExamples("fit samples.csv --out device.json", "fit monday.csv tuesday.csv --out device.json");
    }
}
