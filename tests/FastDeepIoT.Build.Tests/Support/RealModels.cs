namespace FastDeepIoT.Build.Tests;

/// <summary>Networks of the repository.</summary>
internal static class RealModels
{
    /// <summary>A pruned network for spoken digits, which exact mode makes faster.</summary>
    internal static string Digits { get; } = Path.Combine(Repository.Root, "samples", "PrunedNetworks", "models", "digits_dscnn.onnx");
}
