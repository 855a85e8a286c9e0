using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>What the checked code is compiled against: the assemblies of this process, as metadata.</summary>
internal static class References
{
    private static readonly string[] _framework =
    [
        "System.Private.CoreLib.dll", "System.Runtime.dll", "System.Collections.dll", "System.Linq.dll", "netstandard.dll", "System.Memory.dll",
        "System.Console.dll", "System.Runtime.Numerics.dll",
    ];

    internal static IReadOnlyList<MetadataReference> Framework { get; } =
    [
        .. from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
           where _framework.Contains(Path.GetFileName(path))
           select MetadataReference.CreateFromFile(path),
    ];

    internal static MetadataReference TorchSharp { get; } =
        MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location);

    internal static MetadataReference OnnxRuntime { get; } =
        MetadataReference.CreateFromFile(typeof(Microsoft.ML.OnnxRuntime.InferenceSession).Assembly.Location);
}
