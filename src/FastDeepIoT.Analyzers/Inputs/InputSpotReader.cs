using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads where ONNX Runtime and ML.NET are told the shape of a model's input.</summary>
internal sealed class InputSpotReader(OnnxTypes types, Constants constants, DictionaryReader dictionaries, Func<IOperation, string?> inputOf)
{
    private static readonly HashSet<string> _calls = new(StringComparer.Ordinal)
    {
        "AddFreeDimensionOverrideByName", "ApplyOnnxModel", "BindInput", "CloneEmpty", "CreateAllocatedTensorValue", "CreateFromMemory",
        "CreateTensorValueFromMemory", "CreateTensorValueWithData", "CreateTensorWithEmptyStrings", "Reshape", "ToTensor",
    };

    /// <summary>Names without one of which a file has no such place.</summary>
    internal static IEnumerable<string> Names => [.. _calls, "DenseTensor", "OnnxOptions", "VectorType", "VectorTypeAttribute"];

    /// <summary>Whether a node may be such a place, by its name alone.</summary>
    internal static bool MayBeSpot(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => MethodName.Of(call) is { } name && _calls.Contains(name),
        ObjectCreationExpressionSyntax creation => creation.Type is not PredefinedTypeSyntax,
        ImplicitObjectCreationExpressionSyntax => true,
        AttributeSyntax attribute => NameOf(attribute) is "VectorType" or "VectorTypeAttribute",
        _ => false,
    };

    /// <summary>The places in a call or an object creation.</summary>
    internal IEnumerable<InputSpot> Read(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "ToTensor" } call when types.IsDenseTensor(call.Type) =>
            call.Arguments is [var array, ..] && constants.ValueOf(array.Value) is IArrayCreationOperation { DimensionSizes.Length: > 1 } ? Spot(array.Value, inputOf(call)) : [],
        IInvocationOperation call => Read(call),
        IObjectCreationOperation creation when types.IsDenseTensor(creation.Type) =>
            Spot(ArgumentOf(creation.Arguments, "dimensions"), inputOf(creation)),
        IObjectCreationOperation { Initializer.Initializers: var members } creation when types.IsOptions(creation.Type) =>
            members.OfType<ISimpleAssignmentOperation>().Where(member => NameOf(member.Target) == "ShapeDictionary").SelectMany(member => ShapeDictionary(member.Value)),
        _ => [],
    };

    /// <summary>The place in an attribute such as <c>[VectorType(1, 3, 224, 224)]</c>.</summary>
    internal static InputSpot? Read(AttributeSyntax attribute, SemanticModel model)
    {
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments }) return null;
        if (attribute.Parent?.Parent is not { } member) return null;

        var sizes = arguments is [{ Expression: var only }] && ArrayIn(only) is { } array ? array.Expressions.AsEnumerable() : arguments.Select(argument => argument.Expression);
        var axes = sizes.Select(size => new WrittenSize(size, Integers.Of(model.GetConstantValue(size).Value)));
        return new InputSpot([.. axes], ColumnOf(member, model));
    }

    private static InitializerExpressionSyntax? ArrayIn(ExpressionSyntax expression) => expression switch
    {
        ArrayCreationExpressionSyntax array => array.Initializer,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer,
        _ => null,
    };

    private IEnumerable<InputSpot> Read(IInvocationOperation call)
    {
        var container = call.TargetMethod.ContainingType;
        var name = call.TargetMethod.Name;
        if (types.IsSessionOptions(container) && name == "AddFreeDimensionOverrideByName") return FreeDimension(call);
        if (types.IsBinding(container) && name == "BindInput")
            return Spot(ArgumentOf(call.Arguments, "shape"), TextOf(ArgumentOf(call.Arguments, "name")));
        if (types.IsValue(container)) return Spot(ArgumentOf(call.Arguments, "shape"), inputOf(call));
        // Outputs are given other shapes as well.
        if (types.IsTensor(container)) return inputOf(call) is { } input ? Spot(ArgumentOf(call.Arguments, "dimensions"), input) : [];
        return types.IsCatalog(container) ? ShapeDictionary(ArgumentOf(call.Arguments, "shapeDictionary")) : [];
    }

    private IEnumerable<InputSpot> FreeDimension(IInvocationOperation call)
    {
        if (TextOf(ArgumentOf(call.Arguments, "dimName")) is not { } dimension || ArgumentOf(call.Arguments, "dimValue") is not { } size) return [];
        return [new InputSpot([new WrittenSize(size.Syntax, constants.Evaluate(size))], null, dimension)];
    }

    private IEnumerable<InputSpot> Spot(IOperation? shape, string? input)
    {
        if (shape is null) return [];
        if (Constants.Behind(shape) is IConditionalOperation either) return Spot(either.WhenTrue, input).Concat(Spot(either.WhenFalse, input));

        var elements = constants.ValueOf(shape) is IArrayCreationOperation { DimensionSizes: { Length: > 1 } sizes } ? sizes : constants.ElementsOf(shape);
        var axes = elements.Select(element => new WrittenSize(element.Syntax, constants.Evaluate(element))).ToList();
        return axes.Count == 0 ? [] : [new InputSpot(axes, input)];
    }

    private IEnumerable<InputSpot> ShapeDictionary(IOperation? dictionary) =>
        dictionary is null ? [] : dictionaries.EntriesOf(dictionary).SelectMany(entry => Spot(entry.Value, TextOf(entry.Key)));

    private static string? ColumnOf(SyntaxNode member, SemanticModel model)
    {
        var column = member.ChildNodes().OfType<AttributeListSyntax>().SelectMany(list => list.Attributes)
            .FirstOrDefault(other => NameOf(other) is "ColumnName" or "ColumnNameAttribute");
        if (column is { ArgumentList.Arguments: [var named, ..] }) return model.GetConstantValue(named.Expression).Value as string;

        return member switch
        {
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            FieldDeclarationSyntax { Declaration.Variables: [var field] } => field.Identifier.ValueText,
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            _ => null,
        };
    }

    /// <summary>The name of an attribute as it is written, without its namespace.</summary>
    internal static string NameOf(AttributeSyntax attribute) =>
        (attribute.Name is QualifiedNameSyntax qualified ? qualified.Right : attribute.Name).ToString();

    private static string? NameOf(IOperation member) => (member as IMemberReferenceOperation)?.Member.Name;

    private static IOperation? ArgumentOf(IEnumerable<IArgumentOperation> arguments, string name) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == name && argument.ArgumentKind != ArgumentKind.DefaultValue)?.Value;

    private static string? TextOf(IOperation? value) => value?.ConstantValue.Value as string;
}
