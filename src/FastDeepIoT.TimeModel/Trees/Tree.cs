using System;
using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>A binary tree of questions with an answer of type <typeparamref name="T"/> at each leaf.</summary>
public sealed class Tree<T>
{
    private readonly T? _leaf;

    /// <summary>A leaf.</summary>
    public Tree(T leaf) => _leaf = leaf;

    /// <summary>An inner node.</summary>
    public Tree(Condition condition, Tree<T> yes, Tree<T> no) => (Condition, Yes, No) = (condition, yes, no);

    /// <summary>The question, or null at a leaf.</summary>
    public Condition? Condition { get; }

    /// <summary>Where the condition holds; null at a leaf.</summary>
    public Tree<T>? Yes { get; }

    /// <summary>Where it does not; null at a leaf.</summary>
    public Tree<T>? No { get; }

    /// <summary>The answer of a leaf.</summary>
    public T Leaf => Condition is null ? _leaf! : throw new InvalidOperationException("an inner node has no answer");

    /// <summary>The answer for these features.</summary>
    public T Find(double[] features)
    {
        var node = this;
        while (node.Condition is { } condition) node = condition.Holds(features) ? node.Yes! : node.No!;
        return node._leaf!;
    }

    /// <summary>The same questions with other answers.</summary>
    public Tree<TOther> Select<TOther>(Func<T, TOther> of) => Condition is null
        ? new Tree<TOther>(of(_leaf!))
        : new Tree<TOther>(Condition, Yes!.Select(of), No!.Select(of));

    /// <summary>Every leaf with the questions and answers that lead to it, from the root.</summary>
    public IEnumerable<(IReadOnlyList<(Condition Condition, bool Holds)> Path, T Leaf)> Leaves() => Leaves([]);

    private IEnumerable<(IReadOnlyList<(Condition, bool)>, T)> Leaves(IReadOnlyList<(Condition, bool)> path)
    {
        if (Condition is null)
        {
            yield return (path, Leaf);
            yield break;
        }

        foreach (var leaf in Yes!.Leaves([.. path, (Condition, true)])) yield return leaf;
        foreach (var leaf in No!.Leaves([.. path, (Condition, false)])) yield return leaf;
    }
}
