using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>A module as code constructs it: what it does to what flows through it.</summary>
internal abstract record Module;

/// <summary>A layer with widths.</summary>
internal sealed record LayerModule(ConstructedLayer Layer) : Module;

/// <summary>Modules one after another.</summary>
/// <param name="Modules">The modules, in running order.</param>
/// <param name="Place">The call that constructs it.</param>
internal sealed record SequentialModule(IReadOnlyList<Module> Modules, SyntaxNode Place) : Module
{
    /// <summary>All modules that are no sequences themselves, in running order.</summary>
    internal IEnumerable<Module> Flat => Modules.SelectMany(module => module is SequentialModule inner ? inner.Flat : [module]);
}

/// <summary>
/// A module that keeps the width and may change sizes; a null rule makes them unknown. Without an operator its time is not known.
/// </summary>
internal sealed record PassModule(SizeRule? Rule, RuntimeOperator? Operator = null) : Module;

/// <summary>A module that keeps the width and names it; a null value means that its number is not sure.</summary>
internal sealed record NormalizationModule(string Name, IOperation? Number, long? Value, long Unit, bool FeaturesLast) : Module
{
    /// <summary>What it is when it runs; null when that is not known.</summary>
    internal RuntimeOperator? Operator { get; init; }

    /// <summary>Whether a layer right before it takes it over, as constants times what it computes anyway.</summary>
    internal bool FoldsIntoLayers { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Value})";
}

/// <summary>Joins channels and spatial axes.</summary>
internal sealed record FlattenModule : Module;

/// <summary>A module nothing is known of.</summary>
internal sealed record UnknownModule : Module;
