using System.CommandLine;
using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot explain</c>: what a device model has learned, in words a person can check.</summary>
internal static class ExplainCommand
{
    internal static Command Create()
    {
        var device = new Argument<string>("device.json|NAME") { Description = "A device model: a file, or the name of a built-in one." };
        var html = Options.Output("--html", "out.html", "Write a page with drawn staircases instead.");
        var command = new Command("explain", "Explain a device model in sentences.") { device, html };
        command.SetAction(parse => Run(parse.GetRequiredValue(device), parse.GetValue(html)));
        return command.WithExamples("explain device.json", "explain device.json --html device.html");
    }

    private static int Run(string device, string? html)
    {
        var model = DeviceResolver.Named(device);
        if (html is null) Output.Result(ExplanationText.Of(model));
        else WholeFile.Write(html, ExplanationPage.Of(model));
        return ExitCode.Done;
    }
}
