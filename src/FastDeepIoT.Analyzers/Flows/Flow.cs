using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>Gives a size after a module for the size before it; null when it does not fit.</summary>
internal delegate IReadOnlyList<long>? SizeRule(IReadOnlyList<long> size);

/// <summary>A tensor on its way between layers, or a tuple of them.</summary>
/// <param name="Source">The width its channels or features follow from; null when nobody known made it.</param>
internal sealed record Flow(WidthNode? Source)
{
    /// <summary>What enters the code from outside.</summary>
    internal static Flow Input { get; } = new((WidthNode?)null) { IsInput = true };

    /// <summary>A tensor nothing is known of.</summary>
    internal static Flow Unknown { get; } = new((WidthNode?)null);

    /// <summary>An argument that is left out.</summary>
    internal static Flow Absent { get; } = new((WidthNode?)null);

    /// <summary>Whether it entered from outside and no layer has changed it.</summary>
    internal bool IsInput { get; init; }

    /// <summary>Its channels or features; null when it takes the reader to tell, as after flattening spatial axes.</summary>
    internal long? Width { get; init; }

    /// <summary>
    /// Its size beside the features, in each situation; a null entry where some layer did not fit, null when unknown.
    /// </summary>
    internal IReadOnlyList<IReadOnlyList<long>?>? Sizes { get; init; }

    /// <summary>Whether its features are the last axis, as behind a linear layer.</summary>
    internal bool FeaturesLast { get; init; }

    /// <summary>How many axes it has, the batch included; null when that is not known.</summary>
    internal int? Rank { get; init; }

    /// <summary>The number written as its last axis, of a tensor that was just created.</summary>
    internal IOperation? CreatedWidth { get; init; }

    /// <summary>The tensors of a tuple; empty for a tensor.</summary>
    internal IReadOnlyList<Flow> Items { get; init; } = [];

    /// <summary>A tuple of tensors.</summary>
    internal static Flow Tuple(IReadOnlyList<Flow> items) => new((WidthNode?)null) { Items = items };

    /// <summary>The same tensor with its sizes changed; unknown sizes stay so.</summary>
    internal Flow Resize(SizeRule? rule) => rule is null
        ? this with { Sizes = null }
        : this with { Sizes = Sizes?.Select(size => size is null ? null : rule(size)).ToList() };

    /// <summary>Notes that its width matters to something that is not followed.</summary>
    internal void Escape()
    {
        Source?.Group.Open();
        foreach (var item in Items) item.Escape();
    }
}
