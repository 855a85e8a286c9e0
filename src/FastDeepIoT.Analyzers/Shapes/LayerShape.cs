using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Analyzers;

/// <summary>A layer as code constructs it: its factory and numbers, apart from where they are written.</summary>
internal abstract record LayerShape(string Factory)
{
    /// <summary>The widths that can be chosen.</summary>
    internal abstract IReadOnlyList<WidthRole> Roles { get; }

    /// <summary>The rule that speaks of its cliffs.</summary>
    internal virtual DiagnosticCode Rule => DiagnosticCode.WidthOnCliff;

    /// <summary>The width in that role, in elements.</summary>
    internal abstract long this[WidthRole role] { get; }

    /// <summary>The same layer with another width.</summary>
    internal abstract LayerShape With(WidthRole role, long width);

    /// <summary>Only multiples of this are possible.</summary>
    internal virtual long UnitOf(WidthRole role) => 1;

    /// <summary>What the elements of that width are called.</summary>
    internal abstract string NounOf(WidthRole role);

    /// <summary>
    /// What a device runs for it, given the input's size beside the features: the spatial axes, or the rows, or the steps of a
    /// sequence; a single number stands for every axis. Empty when the layer does not fit that size.
    /// </summary>
    internal abstract IReadOnlyList<Layer> Layers(IReadOnlyList<long> size, Activation activation);

    /// <summary>What flows out is so many times as wide as the width that decides it.</summary>
    internal virtual long OutputFactor => 1;

    /// <summary>Whether the features it reads and writes are the last axis, not the one behind the batch.</summary>
    internal virtual bool FeaturesLast => true;

    /// <summary>The output's size for an input's size, or null when the layer does not fit it.</summary>
    internal virtual IReadOnlyList<long>? OutputSize(IReadOnlyList<long> size) => size;

    /// <summary>Whether every number makes sense, so that the layer can exist.</summary>
    internal virtual bool IsPossible => Roles.All(role => this[role] > 0);

    /// <summary>Two shapes with the same key take the same time.</summary>
    internal virtual string Key => ToString();

    /// <summary>The layer for a person, for instance <c>Conv2d(63 → 64, 3×3)</c>.</summary>
    protected abstract string Describe();

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Factory}({Describe()})";
}
