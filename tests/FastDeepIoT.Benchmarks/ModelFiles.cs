namespace FastDeepIoT.Benchmarks;

/// <summary>The models that some arguments name.</summary>
internal static class ModelFiles
{
    /// <summary>Files as they are named, and all models under folders, in order.</summary>
    internal static IEnumerable<string> In(IEnumerable<string> paths) => paths.SelectMany(IEnumerable<string> (path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path]);
}
