using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Widths that can only change together, each a whole multiple of the group's own: the output of a layer, the inputs of those
/// that read it, and the normalizations in between.
/// </summary>
internal sealed class WidthGroup
{
    private readonly List<WidthNode> _nodes;
    private readonly List<FollowingNumber> _following = [];
    private Lazy<IReadOnlyList<Place>?>? _places;

    internal WidthGroup(WidthNode node) => (_nodes, Width) = ([node], node.Width);

    /// <summary>The group's own width in elements.</summary>
    internal long Width { get; }

    /// <summary>The widths of layers.</summary>
    internal IReadOnlyList<WidthNode> Nodes => _nodes;

    /// <summary>Numbers of modules without a time of their own that have to follow.</summary>
    internal IReadOnlyList<FollowingNumber> Following => _following;

    /// <summary>True when something outside the code read here may depend on the width.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>The numbers to edit when the width changes; null when that cannot be done, or not surely.</summary>
    internal IReadOnlyList<Place>? Places => _places?.Value;

    /// <summary>Every expression that follows the width.</summary>
    internal IEnumerable<IOperation> Numbers =>
        _nodes.SelectMany(node => node.Written).Concat(_following.Select(following => following.Number));

    /// <summary>Only multiples of this are possible for <see cref="Width"/>.</summary>
    internal long Unit => _nodes.Select(node => UnitOf(node.Layer.Shape.UnitOf(node.Role), node.Factor))
        .Concat(_following.Select(following => UnitOf(following.Unit, following.Factor)))
        .Aggregate(1L, Integers.CommonMultiple);

    /// <summary>Sets how <see cref="Places"/> are found when somebody asks for them: most groups are never asked.</summary>
    internal void FindPlaces(Func<WidthGroup, IReadOnlyList<Place>?> find) => _places = new(() => find(this));

    /// <summary>Keeps the width from being changed.</summary>
    internal void Open() => IsOpen = true;

    /// <summary>Lets a number of another module follow; <paramref name="unit"/> divides it whatever it becomes.</summary>
    internal void Follow(string module, IOperation number, long value, long unit)
    {
        if (value % Width == 0) _following.Add(new FollowingNumber(module, number, value / Width, unit));
        else Open();
    }

    /// <summary>
    /// Couples two groups whose widths depend on each other; both are opened when neither is a multiple of the other.
    /// </summary>
    internal void Join(WidthGroup other)
    {
        if (other == this) return;

        if (other.Width % Width != 0 && Width % other.Width == 0)
        {
            other.Join(this);
            return;
        }

        IsOpen = other.IsOpen |= IsOpen || other.Width % Width != 0;
        if (other.Width % Width == 0) Take(other, other.Width / Width);
    }

    private void Take(WidthGroup other, long factor)
    {
        foreach (var node in other._nodes)
        {
            (node.Group, node.Factor) = (this, node.Factor * factor);
            _nodes.Add(node);
        }

        _following.AddRange(other._following.Select(following => following with { Factor = following.Factor * factor }));
    }

    private static long UnitOf(long unit, long factor) => unit / Integers.CommonDivisor(unit, factor);
}

/// <summary>A number of a module that has to follow a width, for instance that of a batch normalization.</summary>
internal sealed record FollowingNumber(string Module, IOperation Number, long Factor, long Unit);
