using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>A module as code constructs it: what it does to what flows through it.</summary>
internal abstract record Module;

/// <summary>A layer with widths.</summary>
internal sealed record LayerModule(ConstructedLayer Layer) : Module;

/// <summary>Modules one after another.</summary>
internal sealed record SequentialModule(IReadOnlyList<Module> Modules) : Module;

/// <summary>A module that keeps the width and may change sizes; a null rule makes them unknown.</summary>
internal sealed record PassModule(SizeRule? Rule) : Module;

/// <summary>A module that keeps the width and names it; a null value means that its number is not sure.</summary>
internal sealed record NormalizationModule(string Name, IOperation? Number, long? Value, long Unit, bool FeaturesLast) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Value})";
}

/// <summary>Joins channels and spatial axes.</summary>
internal sealed record FlattenModule : Module;

/// <summary>A module nothing is known of.</summary>
internal sealed record UnknownModule : Module;
