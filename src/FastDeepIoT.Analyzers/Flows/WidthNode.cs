using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>One width of one layer, and the group of widths that can only change together with it.</summary>
internal sealed class WidthNode
{
    internal WidthNode(ConstructedLayer layer, WidthRole role, IReadOnlyList<IOperation> written)
    {
        (Layer, Role, Written) = (layer, role, written);
        Group = new WidthGroup(this);
    }

    internal ConstructedLayer Layer { get; }

    internal WidthRole Role { get; }

    /// <summary>The expressions it is written as; all change in proportion. Empty when it is a parameter's default.</summary>
    internal IReadOnlyList<IOperation> Written { get; }

    /// <summary>The group, which changes as groups join.</summary>
    internal WidthGroup Group { get; set; }

    /// <summary>How many of these elements belong to one of the group's.</summary>
    internal long Factor { get; set; } = 1;

    /// <summary>The width in elements.</summary>
    internal long Width => Layer.Shape[Role];
}
