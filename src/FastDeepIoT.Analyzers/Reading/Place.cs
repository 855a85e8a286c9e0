using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>A literal that is always <paramref name="Factor"/> times the width of a group.</summary>
internal sealed record Place(LiteralExpressionSyntax Literal, long Factor);
