using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads calls of <c>torch.nn</c> factories as modules.</summary>
internal sealed class ModuleReader(LayerLibrary library, Constants constants)
{
    private readonly Dictionary<SyntaxNode, Module> _read = [];
    private readonly HashSet<Module> _parts = [];

    /// <summary>Every layer read so far, by the call that constructs it.</summary>
    internal Dictionary<SyntaxNode, ConstructedLayer> Layers { get; } = [];

    /// <summary>The module that a call or an object creation was read as, on its own or as part of another; null when it was not.</summary>
    internal Module? Known(SyntaxNode place) => _read.TryGetValue(place, out var known) ? known : null;

    /// <summary>Whether a module is an element of another one.</summary>
    internal bool IsPartOfAnother(Module module) => _parts.Contains(module);

    /// <summary>The module a call or an object creation makes; null when it makes none.</summary>
    internal Module? Read(IOperation operation, Func<ISymbol, SyntaxNode, Module?> resolve) => Constants.Bare(operation) switch
    {
        IFieldReferenceOperation field => resolve(field.Field, field.Syntax),
        ILocalReferenceOperation local => resolve(local.Local, local.Syntax),
        ITupleOperation { Elements: [_, var named] } => Read(named, resolve),
        var made when _read.TryGetValue(made.Syntax, out var known) => known,
        IInvocationOperation call => Remember(call, library.IsFactory(call.TargetMethod) ? ReadFactory(call, resolve) : ReadDescribed(call)),
        IObjectCreationOperation creation => Remember(creation, ReadDescribed(creation)),
        _ => null,
    };

    private Module? Remember(IOperation made, Module? module)
    {
        if (module is not null) _read[made.Syntax] = module;
        return module;
    }

    private Module? ReadDescribed(IInvocationOperation call) =>
        library.Find(call.TargetMethod) is { } signature ? ReadLayer(signature, new Arguments(call, constants), call.Syntax) : null;

    private Module? ReadDescribed(IObjectCreationOperation creation) => creation.Constructor is { } constructor && library.Find(constructor) is { } signature
        ? ReadLayer(signature, new Arguments(constructor.ContainingType.Name, creation.Arguments, constants), creation.Syntax)
        : null;

    private Module ReadLayer(LayerSignature signature, Arguments arguments, SyntaxNode place)
    {
        if (LayerReader.Read(signature, arguments) is not { } layer) return new UnknownModule();

        Layers[place] = layer;
        return new LayerModule(layer);
    }

    private Module ReadFactory(IInvocationOperation call, Func<ISymbol, SyntaxNode, Module?> resolve)
    {
        var name = call.TargetMethod.Name;
        if (TorchSharpSignatures.Find(name) is { } signature) return ReadLayer(signature, new Arguments(call, constants), call.Syntax);
        if (name == "Sequential") return ReadSequential(call, resolve);
        if (name is "TransformerEncoder" or "TransformerDecoder")
            return (call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is { } layers ? Read(layers.Value, resolve) : null) ?? new UnknownModule();

        var arguments = new Arguments(call, constants);
        return NormalizationReader.Read(arguments) ?? PoolingReader.Read(arguments) ?? PassReader.Read(arguments) ?? ReadFlatten(arguments)
            ?? new UnknownModule();
    }

    private static Module? ReadFlatten(Arguments arguments) =>
        arguments.Method == "Flatten" && arguments.Number("start_dim") == 1 && arguments.Number("end_dim") == -1
            ? new FlattenModule()
            : null;

    private Module ReadSequential(IInvocationOperation call, Func<ISymbol, SyntaxNode, Module?> resolve)
    {
        if (call.Arguments is not [var argument]) return new SequentialModule([], call.Syntax);

        var elements = Arguments.ElementsOf(Constants.Bare(argument.Value)).ToList();
        if (elements.Count == 0) return new UnknownModule();

        var modules = elements.Select(element => Read(element, resolve) ?? new UnknownModule()).ToList();
        _parts.UnionWith(modules);
        return new SequentialModule(modules, call.Syntax);
    }
}
