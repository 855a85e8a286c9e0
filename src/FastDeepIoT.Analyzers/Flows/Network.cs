using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// The layers that one type, or the top-level statements of a file, construct, and how their widths depend on each other.
/// </summary>
internal sealed class Network
{
    private readonly Dictionary<SyntaxNode, ConstructedLayer> _layers;

    private Network(Dictionary<SyntaxNode, ConstructedLayer> layers) => _layers = layers;

    /// <summary>
    /// The part of a file that is read as one network: the type around a call, or the whole file outside of types.
    /// </summary>
    internal static SyntaxNode ScopeOf(SyntaxNode call) =>
        call.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? call.SyntaxTree.GetRoot();

    /// <summary>Reads a network.</summary>
    internal static Network Read(
        SyntaxNode scope, SemanticModel model, TorchSharpTypes types, InputShape? declared, CancellationToken cancellation)
    {
        var mentions = new Mentions();
        var constants = new Constants(model, mentions, cancellation);
        var reader = new ModuleReader(types.Factories, constants);
        var symbols = new ModuleSymbols(model, mentions, reader, cancellation);
        var chains = new ChainReader(InputShapeReader.Read(scope, model, cancellation) ?? declared);
        var modules = Calls(scope, ModuleReader.MayKnow)
            .Select(call => model.GetOperation(call, cancellation)).OfType<IOperation>()
            .Select(operation => reader.Read(operation, symbols.Resolve)).OfType<Module>()
            .ToList();

        foreach (var body in BodiesOf(scope))
        {
            var functions = new TensorFunctions(types.Tensor, constants);
            new BodyReader(chains, functions, operation => reader.Read(operation, symbols.Resolve))
                .Read(model.GetOperation(body, cancellation));
        }

        foreach (var sequence in modules.OfType<SequentialModule>())
            if (!chains.HasApplied(sequence) && !reader.IsPartOfAnother(sequence)) chains.Apply(sequence, Flow.Input).Escape();
        foreach (var module in symbols.Exposed()) OpenEnds(module);
        foreach (var layer in reader.Layers.Values) OpenLooseEnds(layer);
        new PlaceFinder(model, mentions, constants, cancellation).Place(reader.Layers.Values);
        return new Network(reader.Layers);
    }

    /// <summary>The layer a call constructs; null when its numbers are not sure.</summary>
    internal ConstructedLayer? Find(SyntaxNode call) => _layers.TryGetValue(call, out var layer) ? layer : null;

    private static void OpenLooseEnds(ConstructedLayer layer)
    {
        if (!layer.IsFed) layer.Input?.Group.Open();
        if (!layer.IsRead) layer.Output?.Group.Open();
        foreach (var node in layer.Nodes)
            if (node.Role is WidthRole.Hidden or WidthRole.Embedding) node.Group.Open();
    }

    private static void OpenEnds(Module module)
    {
        var layers = LayersOf(module).ToList();
        layers.FirstOrDefault()?.Input?.Group.Open();
        layers.LastOrDefault()?.Output?.Group.Open();
    }

    private static IEnumerable<ConstructedLayer> LayersOf(Module module) => module switch
    {
        LayerModule layer => [layer.Layer],
        SequentialModule sequence => sequence.Modules.SelectMany(LayersOf),
        _ => [],
    };

    private static IEnumerable<SyntaxNode> BodiesOf(SyntaxNode scope)
    {
        var calls = Calls(scope, method => method is "forward" or "call").ToList();
        if (scope is CompilationUnitSyntax) return calls.Count > 0 ? [scope] : [];

        return calls.Select(call => call.FirstAncestorOrSelf<MemberDeclarationSyntax>())
            .OfType<BaseMethodDeclarationSyntax>()
            .Distinct();
    }

    private static IEnumerable<InvocationExpressionSyntax> Calls(SyntaxNode scope, System.Func<string, bool> named) =>
        scope.DescendantNodes(node => node == scope || node is not BaseTypeDeclarationSyntax)
            .OfType<InvocationExpressionSyntax>()
            .Where(call => MethodName.Of(call) is { } name && named(name));
}
