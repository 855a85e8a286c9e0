using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>The modules that fields and locals stand for, and whether every use of them was understood.</summary>
internal sealed class ModuleSymbols(SemanticModel model, Mentions mentions, ModuleReader reader, CancellationToken cancellation)
{
    private static readonly HashSet<string> _harmless = ["Dispose", "apply", "cpu", "cuda", "eval", "named_parameters", "parameters", "to", "train", "zero_grad"];
    private static readonly HashSet<string> _registrations = ["register_module", "RegisterModule", "add_module"];
    private readonly Dictionary<ISymbol, Module?> _modules = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _understood = [];

    /// <summary>
    /// The module a field or local always holds, or null. The mention at <paramref name="use"/> counts as understood.
    /// </summary>
    internal Module? Resolve(ISymbol symbol, SyntaxNode use)
    {
        _understood.Add(use);
        if (_modules.TryGetValue(symbol, out var known)) return known;

        _modules.Add(symbol, null);
        return _modules[symbol] = ValueOf(symbol) is { } value && model.GetOperation(Bare(value), cancellation) is { } operation
            ? reader.Read(operation, Resolve)
            : null;
    }

    /// <summary>Modules that code not understood here may use as well.</summary>
    internal IEnumerable<Module> Exposed() =>
        from pair in _modules
        where pair.Value is not null && !IsUnderstood(pair.Key)
        select pair.Value;

    private ExpressionSyntax? ValueOf(ISymbol symbol)
    {
        if (DeclarationOf(symbol) is not { } declaration || Initializers.ScopeOf(symbol, declaration) is not { } scope) return null;

        var written = mentions.Find(scope, symbol.Name).Where(use => Mentions.IsWritten(use) && IsSame(use, symbol)).ToList();
        var values = written.Select(use => (use.Parent as AssignmentExpressionSyntax)?.Right).OfType<ExpressionSyntax>().ToList();
        if (values.Count < written.Count) return null;

        if ((declaration as VariableDeclaratorSyntax)?.Initializer?.Value is { } initial) values.Add(initial);
        values.RemoveAll(value => Bare(value) is LiteralExpressionSyntax);
        return values is [var value] ? value : null;
    }

    // What says that a value is not null is no operation of its own.
    private static ExpressionSyntax Bare(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Bare(sure.Operand),
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        _ => value,
    };

    private bool IsUnderstood(ISymbol symbol)
    {
        if (symbol is IFieldSymbol { DeclaredAccessibility: not Accessibility.Private }) return false;
        if (DeclarationOf(symbol) is not { } declaration || Initializers.ScopeOf(symbol, declaration) is not { } scope) return false;

        return mentions.Find(scope, symbol.Name).All(use => _understood.Contains(use) || IsHarmless(use) || !IsSame(use, symbol));
    }

    private bool IsHarmless(ExpressionSyntax use) => use.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == use,
        MemberAccessExpressionSyntax access => access.Expression == use && (_harmless.Contains(access.Name.Identifier.ValueText) || IsInitialized(access)),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => MethodName.Of(call) is { } name && _registrations.Contains(name),
        _ => false,
    };

    // init.kaiming_uniform_(layer.weight): fills weights of whatever shape.
    private bool IsInitialized(MemberAccessExpressionSyntax weights) =>
        weights.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { Name: "init", ContainingType.Name: "nn" } };

    private SyntaxNode? DeclarationOf(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == model.SyntaxTree
            ? reference.GetSyntax(cancellation)
            : null;

    private bool IsSame(ExpressionSyntax expression, ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(expression, cancellation).Symbol, symbol);
}
