using System.Diagnostics.CodeAnalysis;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>A model opened for running.</summary>
internal sealed class Subject : IDisposable
{
    private readonly DirectoryInfo? _folder;

    internal Subject(ModelProto model, string? file, GraphOptimizationLevel level)
    {
        using var options = Runtime.Options(level, threads: 1);
        if (file is null || ExternalData.EmbeddedBytes(model) <= ExternalData.LargestModel)
        {
            Runtime.FindExternalData(options, file);
            Session = Runtime.Open(model.ToByteArray(), options, file);
            return;
        }

        // Too long for a message: the weights go into a file of their own, as they will where the model is delivered.
        _folder = Directory.CreateTempSubdirectory("fastdeepiot-");
        try
        {
            var path = Path.Combine(_folder.FullName, "model.onnx");
            ExternalData.Write(model, file, path);
            Session = Runtime.Open(path, options);
        }
        catch
        {
            _folder.Delete(recursive: true);
            throw;
        }
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

    public void Dispose()
    {
        Session.Dispose();
        _folder?.Delete(recursive: true);
    }
}
