using System.CommandLine;
using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool;

/// <summary>The arguments that name the device a command is about.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string?> _device = new("--device", "-d")
    {
        HelpName = "device.json|NAME",
        Description = "The device model: a file, or the name of a built-in one (see 'fastdeepiot devices'). "
            + "Left out, the built-in one that fits this machine best stands in.",
    };

    private readonly Option<int?> _threads = Options.Count("--threads",
        "Threads that the application will give the runtime. Left out, those of the device model.");

    /// <summary>Adds the arguments to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_threads);
    }

    /// <summary>Threads that were asked for; null when none were.</summary>
    internal int? Threads(ParseResult parse) => parse.GetValue(_threads);

    /// <summary>Finds the device, and tells what does not fit.</summary>
    internal ResolvedDevice Resolve(ParseResult parse) =>
        DeviceResolver.Resolve(parse.GetValue(_device), Threads(parse), Runtime.Version);
}
