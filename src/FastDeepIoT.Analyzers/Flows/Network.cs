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
    private Network(IReadOnlyCollection<ConstructedLayer> layers, IReadOnlyList<ConstructedSequence> sequences) =>
        (Layers, Sequences) = (layers, sequences);

    /// <summary>The layers whose numbers are sure.</summary>
    internal IReadOnlyCollection<ConstructedLayer> Layers { get; }

    /// <summary>The sequences of modules.</summary>
    internal IReadOnlyList<ConstructedSequence> Sequences { get; }

    /// <summary>Reads a network.</summary>
    internal static Network Read(
        NetworkCode code, SemanticModel model, LayerLibrary library, InputShape? declared, CancellationToken cancellation)
    {
        var mentions = new Mentions();
        var constants = new Constants(model, mentions, cancellation);
        var reader = new ModuleReader(library, constants);
        var symbols = new ModuleSymbols(model, mentions, reader, cancellation);
        var shape = InputShapeReader.Read(code.Scope, model, cancellation) ?? declared;
        var chains = new ChainReader(shape, constants);
        // What stands inside another was read with it: to ask the compiler about each costs more than all the rest.
        var modules = code.Constructions
            .Select(call => reader.Known(call) ?? (model.GetOperation(call, cancellation) is { } operation ? reader.Read(operation, symbols.Resolve) : null))
            .OfType<Module>().ToList();

        if (library.TorchSharp is { } torchSharp)
        {
            var functions = new TensorFunctions(torchSharp.Tensor, constants);
            foreach (var body in code.Bodies)
                new BodyReader(chains, functions, ParametersOf(body, code, mentions), operation => reader.Read(operation, symbols.Resolve)).Read(model.GetOperation(body, cancellation));
        }

        var sequences = modules.OfType<SequentialModule>().ToList();
        foreach (var sequence in sequences)
            if (chains.InputOf(sequence) is null && !reader.IsPartOfAnother(sequence)) chains.Apply(sequence, Flow.Input).Escape();
        foreach (var module in symbols.Exposed()) OpenEnds(module);
        foreach (var layer in reader.Layers.Values) OpenLooseEnds(layer);
        new PlaceFinder(model, mentions, constants, cancellation).Place(reader.Layers.Values);
        return new Network(
            reader.Layers.Values,
            [.. sequences.Select(sequence => new ConstructedSequence(sequence, reader.IsPartOfAnother(sequence), InputOf(sequence, chains, shape)))]);
    }

    // What other methods of the network call reads tensors from within it.
    private static Flow ParametersOf(SyntaxNode body, NetworkCode code, Mentions mentions) =>
        body is MethodDeclarationSyntax method && !method.Modifiers.Any(SyntaxKind.OverrideKeyword) && mentions.Find(code.Scope, method.Identifier.ValueText).Any(IsOwnCall)
            ? Flow.Unknown
            : Flow.Input;

    private static bool IsOwnCall(ExpressionSyntax use) =>
        use is { Parent: InvocationExpressionSyntax } and (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax });

    private static InputShape? InputOf(SequentialModule sequence, ChainReader chains, InputShape? declared) =>
        chains.InputOf(sequence) is { } input ? input.IsInput ? declared : InputShape.Of(input) : null;

    private static void OpenLooseEnds(ConstructedLayer layer)
    {
        if (!layer.IsFed) layer.Input?.Group.Open();
        if (!layer.IsRead) layer.Output?.Group.Open();
        foreach (var node in layer.Nodes)
            if (node.Role == WidthRole.OtherInputs || layer.Shape is RecurrentLayer { IsCell: true }) node.Group.Open();
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
}
