using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Follows tensors through the straight-line code of one method. What it does not understand keeps the widths of every tensor
/// involved from being changed.
/// </summary>
internal sealed class BodyReader(ChainReader chains, TensorFunctions functions, Func<IOperation, Module?> moduleOf)
{
    private readonly Dictionary<ISymbol, Flow> _variables = new(SymbolEqualityComparer.Default);

    /// <summary>Follows a body, a statement, or a declaration.</summary>
    internal void Read(IOperation? statement)
    {
        switch (statement)
        {
            case null or IEmptyOperation:
                break;
            case IMethodBodyOperation body:
                Read(body.BlockBody);
                Read(body.ExpressionBody);
                break;
            case IBlockOperation block:
                foreach (var inner in block.Operations) Read(inner);
                break;
            case IExpressionStatementOperation expression:
                Evaluate(expression.Operation);
                break;
            case IReturnOperation result:
                Evaluate(result.ReturnedValue).Escape();
                break;
            case IUsingDeclarationOperation declaration:
                Read(declaration.DeclarationGroup);
                break;
            case IUsingOperation scope:
                Read(scope.Resources);
                Read(scope.Body);
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (var declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    _variables[declarator.Symbol] = Evaluate(declarator.Initializer?.Value);
                break;
            default:
                GiveUp(statement);
                break;
        }
    }

    private Flow Evaluate(IOperation? expression)
    {
        switch (expression is null ? null : Constants.Bare(expression))
        {
            case null:
                return Flow.Unknown;
            case ILocalReferenceOperation local:
                return Find(local.Local);
            case IParameterReferenceOperation parameter:
                return _variables.TryGetValue(parameter.Parameter, out var flow) ? flow : Flow.Input;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { } target } } assignment:
                return _variables[target] = Evaluate(assignment.Value);
            case ISimpleAssignmentOperation { Target: IParameterReferenceOperation { Parameter: { } target } } assignment:
                return _variables[target] = Evaluate(assignment.Value);
            case IInvocationOperation { Instance: { } receiver } call when call.TargetMethod.Name is "forward" or "call":
                return Forward(call, receiver);
            case IInvocationOperation call when functions.Knows(call):
                return functions.Apply(call, Evaluate);
            case IBinaryOperation binary when functions.IsTensor(binary.Type):
                return functions.Combine(binary.LeftOperand, binary.RightOperand, Evaluate);
            case { } other:
                GiveUp(other);
                return Flow.Unknown;
        }
    }

    private Flow Forward(IInvocationOperation call, IOperation receiver)
    {
        if (moduleOf(receiver) is not { } module || call.Arguments is not [var argument])
        {
            GiveUp(call);
            return Flow.Unknown;
        }

        return chains.Apply(module, Evaluate(argument.Value));
    }

    private Flow Find(ISymbol symbol) => _variables.TryGetValue(symbol, out var flow) ? flow : Flow.Unknown;

    private void GiveUp(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (VariableOf(part) is not { } variable || functions.OnlyAsksAbout(part)) continue;

            Find(variable).Escape();
            _variables[variable] = Flow.Unknown;
        }
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
