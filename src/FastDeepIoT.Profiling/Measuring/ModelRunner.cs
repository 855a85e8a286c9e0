using System.Diagnostics;
using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>A model ready to run on fixed ordinary inputs, as often as wanted.</summary>
public sealed class ModelRunner : IDisposable
{
    private readonly RunOptions _options = new();
    private readonly Dictionary<string, OrtValue> _inputs;
    private readonly string? _file;

    /// <summary>Runs a session over inputs of its own shapes; free dimensions must be fixed in the model.</summary>
    /// <exception cref="InputException">FDI3008 when a dimension is still free.</exception>
    public ModelRunner(InferenceSession session, string? file = null)
    {
        (Session, _file) = (session, file);
        _inputs = OrdinaryInputs.Of(session, file);
    }

    /// <summary>The session.</summary>
    public InferenceSession Session { get; }

    /// <summary>Opens a model as an application would, with all optimizations.</summary>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model.</exception>
    public static ModelRunner Open(ModelProto model, int threads, string? file)
    {
        RuntimeHazards.CheckRunning(model, file);
        using var options = Runtime.Options(GraphOptimizationLevel.ORT_ENABLE_ALL, threads);
        Runtime.FindExternalData(options, file);
        return new ModelRunner(Runtime.Open(model.ToByteArray(), options, file), file);
    }

    /// <summary>Runs once.</summary>
    /// <exception cref="InputException">FDI3010 when the model fails on ordinary inputs.</exception>
    public void Run()
    {
        try
        {
            using var outputs = Session.Run(_options, _inputs, Session.OutputNames);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InputException(DiagnosticCode.RuntimeRefuses,
                $"The model cannot be run on ordinary inputs: {e.Message.Split('\n')[0]} Check its dimensions (--dim NAME=N).", _file, e);
        }
    }

    /// <summary>Runs several times and returns each run's time in nanoseconds.</summary>
    public List<double> Time(int runs)
    {
        var nanoseconds = new List<double>(runs);
        for (var i = 0; i < runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Run();
            nanoseconds.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return nanoseconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var input in _inputs.Values) input.Dispose();
        _options.Dispose();
        Session.Dispose();
    }
}
