using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Onnx;

/// <summary>Asks the runtime what it makes of a model at an optimization level.</summary>
public static class OptimizedModel
{
    // Weights above this many bytes are written beside the graph; anything whose values are looked at afterwards is far smaller.
    private const string LargestInline = "67108864";

    /// <summary>The model after the runtime's own graph optimizations.</summary>
    /// <param name="model">The bytes of a model.</param>
    /// <param name="level">How far the runtime optimizes.</param>
    /// <param name="threads">Threads the session is made for.</param>
    /// <param name="file">The file it came from: for messages, and to find external data beside it.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform, FDI3009 when there is no room for temporary files.</exception>
    public static ModelProto Of(byte[] model, GraphOptimizationLevel level, int threads, string? file)
    {
        using var options = Runtime.OptionsForLooking(level, threads);
        Runtime.FindExternalData(options, file);

        // However large the weights are: what is asked for is the graph, and a file holds less than 2 GB.
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", "optimized.data");
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", LargestInline);
        return Of(model, options, file);
    }

    /// <summary>The same with all weights inside, so that the result can be loaded again.</summary>
    /// <param name="model">The bytes of a model that has its weights inside too; less than 2 GB.</param>
    /// <param name="level">How far the runtime optimizes.</param>
    /// <param name="threads">Threads the session is made for.</param>
    /// <exception cref="InputException">FDI3010, FDI3011 and FDI3009 likewise.</exception>
    internal static ModelProto WithWeights(byte[] model, GraphOptimizationLevel level, int threads)
    {
        using var options = Runtime.OptionsForLooking(level, threads);
        return Of(model, options, file: null);
    }

    private static ModelProto Of(byte[] model, SessionOptions options, string? file)
    {
        // The runtime only writes to a path; the folder is ours alone and goes away with what is in it.
        var folder = Disk.CreateTemporaryFolder();
        try
        {
            var path = Path.Combine(folder, "optimized.onnx");
            WrittenGraph.Open(model, options, path, file).Dispose();
            return WrittenGraph.Read(path);
        }
        finally
        {
            Disk.RemoveTemporaryFolder(folder);
        }
    }
}
