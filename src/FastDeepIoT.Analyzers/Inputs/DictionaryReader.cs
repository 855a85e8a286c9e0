using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads what code puts into a dictionary, in its initializer or afterwards.</summary>
internal sealed class DictionaryReader(SemanticModel model, Mentions mentions, Constants constants, CancellationToken cancellation)
{
    /// <summary>The entries of a dictionary, where it stands or in the local that holds it.</summary>
    internal IEnumerable<(IOperation Key, IOperation Value)> EntriesOf(IOperation dictionary)
    {
        IEnumerable<IOperation> initial = constants.ValueOf(dictionary) is IObjectCreationOperation { Initializer.Initializers: var entries } ? entries : Array.Empty<IOperation>();
        return initial.Concat(AddedTo(dictionary)).Select(EntryIn).OfType<(IOperation, IOperation)>();
    }

    // shapes.Add("input", [1, 3]) and shapes["input"] = [1, 3], wherever they stand.
    private IEnumerable<IOperation> AddedTo(IOperation dictionary)
    {
        if (Constants.Bare(dictionary) is not ILocalReferenceOperation { Local: var local, Syntax: var place }) return [];
        if (Initializers.ScopeOf(local, place) is not { } scope) return [];

        return mentions.Find(scope, local.Name)
            .Where(use => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellation).Symbol, local))
            .Select(use => use.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax && use.Parent.Parent is ExpressionSyntax entry
                ? model.GetOperation(entry, cancellation)
                : null)
            .OfType<IOperation>();
    }

    private static (IOperation, IOperation)? EntryIn(IOperation entry) => entry switch
    {
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd", Arguments: [var key, var value] } => (key.Value, value.Value),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } assignment => (key.Value, assignment.Value),
        _ => null,
    };
}
