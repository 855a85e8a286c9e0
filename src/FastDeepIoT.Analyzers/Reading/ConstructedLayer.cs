using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>A layer that code constructs, where its widths are written, and what flows through it.</summary>
internal sealed class ConstructedLayer
{
    private readonly Dictionary<WidthRole, WidthNode> _nodes;

    internal ConstructedLayer(LayerShape shape, Dictionary<WidthRole, IReadOnlyList<IOperation>> written)
    {
        Shape = shape;
        _nodes = shape.Roles.ToDictionary(role => role, role => new WidthNode(this, role, written[role]));
    }

    /// <summary>Its numbers.</summary>
    internal LayerShape Shape { get; }

    /// <summary>Its widths, each in the group it is coupled with.</summary>
    internal IReadOnlyCollection<WidthNode> Nodes => _nodes.Values;

    /// <summary>
    /// The input's size in each situation considered; a null entry where the layer does not fit. Null when nothing is known.
    /// </summary>
    internal IReadOnlyList<IReadOnlyList<long>?>? Sizes { get; set; }

    /// <summary>Whether something known flows into it.</summary>
    internal bool IsFed { get; set; }

    /// <summary>Whether something known reads its output.</summary>
    internal bool IsRead { get; set; }

    /// <summary>The width that has to fit what flows in; null for layers whose flow is not followed.</summary>
    internal WidthNode? Input => Find(WidthRole.Inputs) ?? Find(WidthRole.Channels);

    /// <summary>The width that decides what flows out; null for layers whose flow is not followed.</summary>
    internal WidthNode? Output => Find(WidthRole.Outputs) ?? Find(WidthRole.Channels);

    private WidthNode? Find(WidthRole role) => _nodes.TryGetValue(role, out var node) ? node : null;
}
