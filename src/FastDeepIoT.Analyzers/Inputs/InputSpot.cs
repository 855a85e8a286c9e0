using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>A place in code that gives an input of a model its shape.</summary>
/// <param name="Axes">The sizes.</param>
/// <param name="Input">The input's name; null when code does not tell.</param>
/// <param name="Dimension">The free dimension, when it is one that is fixed by name, and its size the only axis.</param>
internal sealed record InputSpot(IReadOnlyList<WrittenSize> Axes, string? Input, string? Dimension = null);

/// <summary>The size of one axis where it is written; null when it is not sure.</summary>
internal sealed record WrittenSize(SyntaxNode Syntax, long? Value);
