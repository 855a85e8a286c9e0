using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>The types of ONNX Runtime and ML.NET that tell the shapes of inputs; a type is null where its library is absent.</summary>
internal sealed record OnnxTypes(
    INamedTypeSymbol? DenseTensor, INamedTypeSymbol? Value, INamedTypeSymbol? FixedBuffer, INamedTypeSymbol? Binding,
    INamedTypeSymbol? SessionOptions, INamedTypeSymbol? Catalog, INamedTypeSymbol? Options, INamedTypeSymbol? VectorType)
{
    private const string Runtime = "Microsoft.ML.OnnxRuntime.";

    /// <summary>The types as a compilation sees them; null when it references neither library.</summary>
    internal static OnnxTypes? Of(Compilation compilation)
    {
        var types = new OnnxTypes(
            compilation.GetTypeByMetadataName(Runtime + "Tensors.DenseTensor`1"), compilation.GetTypeByMetadataName(Runtime + "OrtValue"),
            compilation.GetTypeByMetadataName(Runtime + "FixedBufferOnnxValue"), compilation.GetTypeByMetadataName(Runtime + "OrtIoBinding"),
            compilation.GetTypeByMetadataName(Runtime + "SessionOptions"), compilation.GetTypeByMetadataName("Microsoft.ML.OnnxCatalog"),
            compilation.GetTypeByMetadataName("Microsoft.ML.Transforms.Onnx.OnnxOptions"),
            compilation.GetTypeByMetadataName("Microsoft.ML.Data.VectorTypeAttribute"));
        return types is { SessionOptions: null, Catalog: null } ? null : types;
    }

    internal bool IsDenseTensor(ITypeSymbol? type) => Is(type?.OriginalDefinition, DenseTensor);

    internal bool IsTensor(ITypeSymbol? type) => IsDenseTensor(type) || Is(type?.OriginalDefinition, DenseTensor?.BaseType?.OriginalDefinition);

    internal bool IsValue(ITypeSymbol? type) => Is(type, Value) || Is(type, FixedBuffer);

    internal bool IsBinding(ITypeSymbol? type) => Is(type, Binding);

    internal bool IsSessionOptions(ITypeSymbol? type) => Is(type, SessionOptions);

    internal bool IsCatalog(ITypeSymbol? type) => Is(type, Catalog);

    internal bool IsOptions(ITypeSymbol? type) => Is(type, Options);

    internal bool IsVectorType(ITypeSymbol? type) => Is(type, VectorType);

    private static bool Is(ISymbol? type, INamedTypeSymbol? expected) =>
        expected is not null && SymbolEqualityComparer.Default.Equals(type, expected);
}
