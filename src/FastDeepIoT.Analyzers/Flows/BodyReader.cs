using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Follows tensors through the straight-line code of one method. What it does not understand keeps the widths of every tensor
/// involved from being changed. What its parameters are before it changes them is <c>parameters</c>.
/// </summary>
internal sealed class BodyReader(ChainReader chains, TensorFunctions functions, Flow parameters, Func<IOperation, Module?> moduleOf)
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
                return _variables.TryGetValue(parameter.Parameter, out var flow) ? flow : IsOfInnerFunction(parameter.Parameter) ? Flow.Unknown : parameters;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } assignment:
                return Assign(assignment.Target, Evaluate(assignment.Value));
            case ICompoundAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } assignment
                when functions.IsTensor(assignment.Target.Type):
                return Assign(assignment.Target, functions.Combine(assignment.Target, assignment.Value, Evaluate));
            case IDeconstructionAssignmentOperation { Target: { } targets } assignment:
                return Assign(targets, Evaluate(assignment.Value));
            case IInvocationOperation call when IsRun(call):
                return Forward(call, call.Instance!);
            case IInvocationOperation call when functions.Knows(call):
                return functions.Apply(call, Evaluate);
            case IBinaryOperation binary when functions.IsTensor(binary.Type):
                return functions.Combine(binary.LeftOperand, binary.RightOperand, Evaluate);
            case IPropertyReferenceOperation { Instance: { } indexed, Property.IsIndexer: true } access when functions.IsTensor(indexed.Type):
                return functions.Index(access, Evaluate(indexed));
            case ITupleOperation tuple when tuple.Elements.Any(element => functions.IsTensor(element.Type)):
                return Flow.Tuple([.. tuple.Elements.Select(Evaluate)]);
            case IFieldReferenceOperation or IPropertyReferenceOperation when ItemOf(expression!) is { } item:
                return item;
            case { } other:
                GiveUp(other);
                return Flow.Unknown;
        }
    }

    private Flow Assign(IOperation target, Flow value)
    {
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                return Assign(declaration.Expression, value);
            case ILocalReferenceOperation local:
                return _variables[local.Local] = value;
            case IParameterReferenceOperation parameter:
                return _variables[parameter.Parameter] = value;
            case ITupleOperation tuple:
                for (var i = 0; i < tuple.Elements.Length; i++) Assign(tuple.Elements[i], i < value.Items.Count ? value.Items[i] : Flow.Unknown);
                return value;
            case IDiscardOperation:
                return value;
            default:
                value.Escape();
                return Flow.Unknown;
        }
    }

    // result.Item1, or by the name of the element.
    private Flow? ItemOf(IOperation access)
    {
        var (tuple, name) = Constants.Bare(access) switch
        {
            IFieldReferenceOperation { Instance: { } instance } field => (instance, (field.Field.CorrespondingTupleField ?? field.Field).Name),
            IPropertyReferenceOperation { Instance: { } instance } property => (instance, property.Property.Name),
            _ => (null, ""),
        };
        if (tuple is null || !name.StartsWith("Item", StringComparison.Ordinal) || !int.TryParse(name.Substring(4), out var number)) return null;

        var items = Evaluate(tuple).Items;
        return number <= items.Count ? items[number - 1] : null;
    }

    private Flow Forward(IInvocationOperation call, IOperation receiver)
    {
        if (moduleOf(receiver) is not { } module || call.Arguments.IsEmpty)
        {
            GiveUp(call);
            return Flow.Unknown;
        }

        var inputs = call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? 0).Select(EvaluateArgument);
        return chains.Apply(module, [.. inputs]);
    }

    private Flow EvaluateArgument(IArgumentOperation argument)
    {
        var value = Constants.Bare(argument.Value);
        if (argument.ArgumentKind == ArgumentKind.DefaultValue || value is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } })
            return Flow.Absent;
        if (functions.Carries(value)) return Evaluate(value);

        GiveUp(value);
        return Flow.Unknown;
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

        FollowInside(operation);
    }

    // Whenever it runs, one layer reads what another one writes.
    private void FollowInside(IOperation operation)
    {
        foreach (var part in operation.ChildOperations)
        {
            if (IsFollowed(part)) Evaluate(part).Escape();
            else FollowInside(part);
        }
    }

    private bool IsFollowed(IOperation part) => part is IInvocationOperation call
        && (functions.Knows(call) || (IsRun(call) && moduleOf(call.Instance!) is not null && !call.Arguments.IsEmpty));

    private static bool IsRun(IInvocationOperation call) => call is { Instance: not null, TargetMethod.Name: "forward" or "call" };

    private static bool IsOfInnerFunction(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction };

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
