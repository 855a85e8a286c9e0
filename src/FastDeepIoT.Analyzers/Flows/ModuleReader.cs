using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads calls of <c>torch.nn</c> factories as modules.</summary>
internal sealed class ModuleReader(INamedTypeSymbol factories, Constants constants)
{
    private static readonly HashSet<string> _elementWise = new(StringComparer.Ordinal)
    {
        "AlphaDropout", "CELU", "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "ELU", "FeatureAlphaDropout", "GELU",
        "Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "Identity", "LeakyReLU", "LocalResponseNorm", "LogSigmoid",
        "LogSoftmax", "Mish", "ReLU", "ReLU6", "RReLU", "SELU", "Sigmoid", "SiLU", "Softmax", "Softmax2d", "Softmin", "Softplus",
        "Softshrink", "Softsign", "Tanh", "Tanhshrink", "Threshold",
    };

    private static readonly HashSet<string> _resizing = new(StringComparer.Ordinal)
    {
        "AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d", "AvgPool3d", "ConstantPad1d", "ConstantPad2d",
        "ConstantPad3d", "FractionalMaxPool2d", "FractionalMaxPool3d", "LPPool1d", "LPPool2d", "MaxPool3d", "ReflectionPad1d",
        "ReflectionPad2d", "ReflectionPad3d", "ReplicationPad1d", "ReplicationPad2d", "ReplicationPad3d", "Upsample", "ZeroPad2d",
    };

    private readonly Dictionary<SyntaxNode, Module> _read = [];
    private readonly HashSet<Module> _parts = [];

    /// <summary>Every layer read so far, by the call that constructs it.</summary>
    internal Dictionary<SyntaxNode, ConstructedLayer> Layers { get; } = [];

    /// <summary>Whether a module is an element of another one.</summary>
    internal bool IsPartOfAnother(Module module) => _parts.Contains(module);

    /// <summary>Whether a call of that name may construct something known.</summary>
    internal static bool MayKnow(string method) => method == "Sequential" || LayerReader.Knows(method);

    /// <summary>The module a call constructs; null when it is no call of a factory.</summary>
    internal Module? Read(IOperation operation, Func<ISymbol, SyntaxNode, Module?> resolve)
    {
        switch (Constants.Bare(operation))
        {
            case IInvocationOperation call when IsFactory(call.TargetMethod):
                return _read.TryGetValue(call.Syntax, out var module) ? module : _read[call.Syntax] = ReadFactory(call, resolve);
            case IFieldReferenceOperation field:
                return resolve(field.Field, field.Syntax);
            case ILocalReferenceOperation local:
                return resolve(local.Local, local.Syntax);
            case ITupleOperation { Elements: [_, var named] }:
                return Read(named, resolve);
            default:
                return null;
        }
    }

    private bool IsFactory(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType, factories);

    private Module ReadFactory(IInvocationOperation call, Func<ISymbol, SyntaxNode, Module?> resolve)
    {
        var name = call.TargetMethod.Name;
        if (LayerReader.Read(call, constants) is { } layer)
        {
            Layers[call.Syntax] = layer;
            return new LayerModule(layer);
        }

        if (name == "Sequential") return ReadSequential(call, resolve);
        if (_elementWise.Contains(name)) return new PassModule(size => size);
        if (_resizing.Contains(name)) return new PassModule(Rule: null);

        var arguments = new Arguments(call, constants);
        return NormalizationReader.Read(arguments) ?? PoolingReader.Read(arguments) ?? ReadFlatten(arguments)
            ?? new UnknownModule();
    }

    private static Module? ReadFlatten(Arguments arguments) =>
        arguments.Method == "Flatten" && arguments.Number("start_dim") == 1 && arguments.Number("end_dim") == -1
            ? new FlattenModule()
            : null;

    private Module ReadSequential(IInvocationOperation call, Func<ISymbol, SyntaxNode, Module?> resolve)
    {
        if (call.Arguments is not [var argument]) return new SequentialModule([]);

        var elements = Arguments.ElementsOf(Constants.Bare(argument.Value)).ToList();
        if (elements.Count == 0) return new UnknownModule();

        var modules = elements.Select(element => Read(element, resolve) ?? new UnknownModule()).ToList();
        _parts.UnionWith(modules);
        return new SequentialModule(modules);
    }
}
