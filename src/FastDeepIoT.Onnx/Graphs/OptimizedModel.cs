using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Onnx;

/// <summary>Asks the runtime what it makes of a model at an optimization level.</summary>
public static class OptimizedModel
{
    /// <summary>The model after the runtime's own graph optimizations.</summary>
    /// <param name="model">The bytes of a model.</param>
    /// <param name="level">How far the runtime optimizes.</param>
    /// <param name="threads">Threads the session is made for.</param>
    /// <param name="file">The file it came from: for messages, and to find external data beside it.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform.</exception>
    public static ModelProto Of(byte[] model, GraphOptimizationLevel level, int threads, string? file)
    {
        // The runtime only writes to a path; the folder is ours alone and goes away with what is in it.
        var folder = Directory.CreateTempSubdirectory("fastdeepiot-");
        try
        {
            var path = Path.Combine(folder.FullName, "optimized.onnx");
            using var options = Runtime.Options(level, threads);
            options.OptimizedModelFilePath = path;
            Runtime.FindExternalData(options, file);
            Runtime.Open(model, options, file).Dispose();
            return OnnxFile.ReadUnchecked(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
