using System.Diagnostics.CodeAnalysis;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>A model opened for running.</summary>
internal sealed class Subject : IDisposable
{
    internal Subject(ModelProto model, string? file, GraphOptimizationLevel level)
    {
        using var options = Runtime.Options(level, threads: 1);
        if (file is not null && Path.GetDirectoryName(Path.GetFullPath(file)) is { } beside)
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", beside);
        Session = Runtime.Open(model.ToByteArray(), options, file);
    }

    internal InferenceSession Session { get; }

    internal bool TryRun(RandomInputs inputs, [NotNullWhen(true)] out IDisposableReadOnlyCollection<OrtValue>? outputs, [NotNullWhen(false)] out string? why)
    {
        (outputs, why) = (null, null);
        try
        {
            using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            outputs = Session.Run(options, inputs.Names, inputs.Values, Session.OutputNames);
            return true;
        }
        catch (OnnxRuntimeException e)
        {
            why = e.Message.Split('\n')[0];
            return false;
        }
    }

    public void Dispose() => Session.Dispose();
}
