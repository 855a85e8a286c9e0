using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// Reads the shape of a network's input from an attribute of that name on its type, for instance <c>[InputShape(3, 224,
/// 224)]</c>.
/// </summary>
internal static class InputShapeReader
{
    internal static InputShape? Read(SyntaxNode scope, SemanticModel model, CancellationToken cancellation)
    {
        if (scope is not TypeDeclarationSyntax type) return null;

        var attribute = type.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(IsInputShape);
        if (attribute?.ArgumentList is not { } list) return null;

        var axes = list.Arguments.Select(argument => model.GetConstantValue(argument.Expression, cancellation).Value);
        return InputShape.Parse(string.Join("x", axes.Select(axis => Convert.ToString(axis, CultureInfo.InvariantCulture))));
    }

    private static bool IsInputShape(AttributeSyntax attribute)
    {
        var name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right : attribute.Name;
        return name.ToString() is "InputShape" or "InputShapeAttribute";
    }
}
