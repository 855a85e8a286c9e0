using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>The name by which code calls a method or creates an object, without asking what it means.</summary>
internal static class MethodName
{
    internal static string? Of(InvocationExpressionSyntax call) => Of(call.Expression);

    internal static string? Of(ObjectCreationExpressionSyntax creation) => Of(creation.Type);

    private static string? Of(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
