using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>A model opened for running.</summary>
internal sealed class Subject : IDisposable
{
    private readonly TimeSpan _longest;
    private readonly string? _folder;

    internal Subject(ModelProto model, string? file, GraphOptimizationLevel level, TimeSpan longest)
    {
        _longest = longest;
        using var options = Runtime.Options(level, threads: 1);
        options.EnableCpuMemArena = false; // several sessions are open at once, and none shall keep what its runs took
        if (file is null || ExternalData.EmbeddedBytes(model) <= ExternalData.LargestModel)
        {
            Runtime.FindExternalData(options, file);
            Chain = SessionChain.Open(model, options, file);
            return;
        }

        // Too long for a message: the weights go into a file of their own, as they will where the model is delivered.
        _folder = Disk.CreateTemporaryFolder();
        try
        {
            var path = Path.Combine(_folder, "model.onnx");
            ExternalData.Write(model, file, path);
            Chain = SessionChain.Open(path, options);
        }
        catch
        {
            Disk.RemoveTemporaryFolder(_folder);
            throw;
        }
    }

    internal SessionChain Chain { get; }

    /// <summary>Runs the model; null, and why, when it does not run on these inputs or takes too long.</summary>
    internal IReadOnlyList<OutputLeaf>? TryRun(InputSet inputs, CancellationToken cancellation, out string? why)
    {
        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var late = new CancellationTokenSource(_longest);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var stop = either.Token.Register(() => options.Terminate = true);
        try
        {
            why = null;
            return Chain.Run(options, inputs);
        }
        catch (OnnxRuntimeException e)
        {
            cancellation.ThrowIfCancellationRequested();
            why = late.IsCancellationRequested ? FormattableString.Invariant($"one inference takes longer than {_longest.TotalSeconds:0} s") : e.Message.Split('\n')[0];
            return null;
        }
    }

    public void Dispose()
    {
        Chain.Dispose();
        if (_folder is not null) Disk.RemoveTemporaryFolder(_folder);
    }
}
