using System.CommandLine;
using FastDeepIoT.Onnx;
using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Tool;

/// <summary>The arguments of commands that learn a device model.</summary>
internal sealed class FitOptions
{
    private readonly Option<string> _out = new("--out")
    {
        HelpName = "device.json",
        Description = "Where to write the device model.",
        Required = true,
    };

    private readonly Option<string?> _name = new("--name")
    {
        HelpName = "NAME",
        Description = "What to call the device. Left out, the name of the file.",
    };

    /// <summary>Adds the arguments to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_out);
        command.Add(_name);
    }

    /// <summary>What to write where; checked before anything is measured.</summary>
    /// <exception cref="InputException">FDI3009 when the place is a folder.</exception>
    internal FitTarget Target(ParseResult parse)
    {
        var file = parse.GetRequiredValue(_out);
        if (Directory.Exists(file))
            throw new InputException(DiagnosticCode.CannotWrite, "The output is a folder; name a file, such as device.json, in it.", file);
        return new FitTarget(file, parse.GetValue(_name) ?? Path.GetFileNameWithoutExtension(file));
    }
}

/// <summary>A device model to be learned.</summary>
internal sealed record FitTarget(string File, string Name)
{
    /// <summary>Learns and writes it, and tells how good it is.</summary>
    internal DeviceModel Learn(SampleSet samples)
    {
        var device = Learner.Fit(samples, Name);
        WholeFile.Write(File, DeviceModelFile.Write(device));
        Output.Result(FitText.Of(device, File));
        return device;
    }
}
