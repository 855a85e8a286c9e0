using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>The types of TorchSharp that the rules need.</summary>
/// <param name="Factories"><c>torch.nn</c>, whose methods construct modules.</param>
/// <param name="Tensor"><c>torch.Tensor</c>.</param>
internal sealed record TorchSharpTypes(INamedTypeSymbol Factories, INamedTypeSymbol Tensor)
{
    /// <summary>The types as a compilation sees them; null when it does not reference TorchSharp.</summary>
    internal static TorchSharpTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("TorchSharp.torch+nn") is { } factories
        && compilation.GetTypeByMetadataName("TorchSharp.torch+Tensor") is { } tensor
            ? new TorchSharpTypes(factories, tensor)
            : null;
}
