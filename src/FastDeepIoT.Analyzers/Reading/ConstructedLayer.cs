using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>A layer that code constructs, where its widths are written, and what flows through it.</summary>
internal sealed class ConstructedLayer
{
    private readonly Dictionary<WidthRole, WidthNode> _nodes;
    private string? _key;

    internal ConstructedLayer(LayerShape shape, Dictionary<WidthRole, IReadOnlyList<IOperation>> written)
    {
        Shape = shape;
        _nodes = shape.Roles.ToDictionary(role => role, role => new WidthNode(this, role, written[role]));
    }

    /// <summary>Its numbers.</summary>
    internal LayerShape Shape { get; }

    /// <summary>The key of its numbers.</summary>
    internal string Key => _key ??= Shape.Key;

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

    /// <summary>The width that has to fit what flows in; null for layers that read no features.</summary>
    internal WidthNode? Input => InputOf(0);

    /// <summary>The width that decides what flows out.</summary>
    internal WidthNode? Output =>
        Find(WidthRole.Outputs) ?? Find(WidthRole.Channels) ?? Find(WidthRole.Hidden) ?? Find(WidthRole.Embedding);

    /// <summary>The width that has to fit a certain argument of the call that runs it; null when none has to.</summary>
    internal WidthNode? InputOf(int argument) => (Shape, argument) switch
    {
        (EmbeddingLayer, _) => null,
        (BilinearLayer, 1) => Find(WidthRole.OtherInputs),
        (AttentionLayer { Keys: null }, 1) or (AttentionLayer { Values: null }, 2) or (TransformerLayer { Decoders: > 0 }, 1) => Find(WidthRole.Embedding),
        (_, 0) => Find(WidthRole.Inputs) ?? Find(WidthRole.Channels) ?? Find(WidthRole.Embedding),
        _ => null,
    };

    private WidthNode? Find(WidthRole role) => _nodes.TryGetValue(role, out var node) ? node : null;
}
