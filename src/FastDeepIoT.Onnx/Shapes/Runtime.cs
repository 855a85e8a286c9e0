using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Onnx;

/// <summary>Opens sessions of ONNX Runtime and turns its refusals into findings.</summary>
public static class Runtime
{
    static Runtime() => RuntimeTelemetry.SwitchOff();

    /// <summary>The version of the runtime that is loaded.</summary>
    public static string Version => Guard(() => OrtEnv.Instance().GetVersionString(), null);

    /// <summary>Session options for one thread count, quiet: the runtime's own log is not for our users.</summary>
    public static SessionOptions Options(GraphOptimizationLevel level, int threads) => Guard(() =>
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = level,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // Left to guess, the runtime takes some bytes for its own format, which is another reader for strangers to try.
        options.AddSessionConfigEntry("session.load_model_format", "ONNX");
        return options;
    }, null);

    /// <summary>
    /// Session options for asking about a model that is not run: weights are not arranged for running, and no use of memory is planned, which would take
    /// the square of their number in time.
    /// </summary>
    public static SessionOptions OptionsForLooking(GraphOptimizationLevel level, int threads)
    {
        var options = Options(level, threads);
        options.EnableMemoryPattern = false;
        options.AddSessionConfigEntry("session.disable_prepacking", "1");
        return options;
    }

    /// <summary>Lets a session over a model in memory find external data beside the file the model came from, and nowhere else.</summary>
    public static void FindExternalData(SessionOptions options, string? file)
    {
        if (file is not null && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
    }

    /// <summary>Opens a session over a model in memory.</summary>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform.</exception>
    public static InferenceSession Open(byte[] model, SessionOptions options, string? file) =>
        Guard(() => new InferenceSession(model, options), file);

    /// <summary>Opens a session over a file, which may keep weights in external data.</summary>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform.</exception>
    public static InferenceSession Open(string path, SessionOptions options) => Guard(() => new InferenceSession(path, options), path);

    private static T Guard<T>(Func<T> open, string? file)
    {
        try
        {
            return open();
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(DiagnosticCode.RuntimeRefuses,
                $"ONNX Runtime cannot load the model: {FirstLine(e.Message)} Check the model with the runtime it is meant for.", file, e);
        }
        catch (Exception e) when (IsLoadFailure(e is TypeInitializationException { InnerException: { } cause } ? cause : e))
        {
            throw new InputException(DiagnosticCode.RuntimeMissing,
                "ONNX Runtime has no binary that can be loaded here. Supported are Linux (glibc) and Windows on x64 and Arm64, and macOS on Arm64. On these, install the package again.", file, e);
        }
    }

    // Not there, of another machine or damaged, or of another version.
    private static bool IsLoadFailure(Exception e) => e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException;

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
