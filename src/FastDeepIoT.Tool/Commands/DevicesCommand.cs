using System.CommandLine;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot devices</c>: the built-in device models.</summary>
internal static class DevicesCommand
{
    internal static Command Create()
    {
        var format = Options.Format();
        var command = new Command("devices", "List the built-in device models.") { format };
        command.SetAction(parse =>
        {
            var devices = BuiltInDevices.All;
            Output.Result(parse.GetValue(format) == "json" ? DevicesRendering.Json(devices) : DevicesRendering.Text(devices));
            return ExitCode.Done;
        });
        return command.WithExamples("devices", "devices --format json");
    }
}
