using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>
/// Every overload of every factory that TorchSharp has, called with a slow width for each of its parameters in turn: in order, and with
/// named arguments in the reverse order.
/// </summary>
public sealed class OverloadTests
{
    private static readonly HashSet<string> _widths =
        ["in_channels", "out_channels", "inputSize", "outputSize", "hiddenSize", "embedded_dim", "d_model", "dim_feedforward", "in1_features", "in2_features", "out_features"];

    // On the synthetic device the inputs of recurrent layers have no cliff.
    private static readonly HashSet<string> _recurrent = ["LSTM", "GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell"];

    private static readonly CSharpCompilation _torchSharp =
        CSharpCompilation.Create("overloads", references: [.. References.Framework, References.TorchSharp], options: new(OutputKind.DynamicallyLinkedLibrary));

    public static TheoryData<string> Overloads => [.. Factories.Select(Text)];

    private static IEnumerable<IMethodSymbol> Factories => _torchSharp.GetTypeByMetadataName("TorchSharp.torch+nn")!.GetMembers().OfType<IMethodSymbol>()
        .Where(method => LayerReader.Find(method.Name) is not null && method.Parameters.Any(parameter => _widths.Contains(parameter.Name)));

    [Theory]
    [MemberData(nameof(Overloads))]
    public async Task Every_width_of_an_overload_is_judged_in_any_order(string overload)
    {
        var factory = Factories.Single(method => Text(method) == overload);
        foreach (var width in factory.Parameters.Where(parameter => _widths.Contains(parameter.Name)))
        {
            if (_recurrent.Contains(factory.Name) && width.Name == "inputSize") continue;

            // Eight heads, the default, do not divide 63.
            var arguments = factory.Parameters
                .Where(parameter => !parameter.IsOptional || parameter.Name is "nhead" || parameter.Name == width.Name || ValueOf(parameter, width) != "1")
                .Select(parameter => (parameter.Name, Value: ValueOf(parameter, width))).Where(argument => argument.Value.Length > 0).ToList();
            await IsReported(factory.Name, string.Join(", ", arguments.AsEnumerable().Reverse().Select(argument => $"{argument.Name}: {argument.Value}")), width.Name);
            if (arguments.Select(argument => argument.Name).SequenceEqual(factory.Parameters.Take(arguments.Count).Select(parameter => parameter.Name)))
                await IsReported(factory.Name, string.Join(", ", arguments.Select(argument => argument.Value)), width.Name);
        }
    }

    [Fact]
    public void All_factories_of_layers_with_widths_are_there() =>
        Assert.Equal(
            LayerReader.Kinds.Select(kind => kind.Name).Where(kind => kind != "Embedding").Order(), Factories.Select(factory => factory.Name).Distinct().Order());

    private static async Task IsReported(string factory, string arguments, string width)
    {
        var code = $"using TorchSharp; class Some {{ object layer = torch.nn.{factory}({arguments}); }}";
        var compilation = _torchSharp.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(found => found.Severity == DiagnosticSeverity.Error));
        var found = await Analysis.DiagnosticsOf(compilation, SyntheticDevice.Stepped, TestContext.Current.CancellationToken);
        var isReported = found.Any(diagnostic => diagnostic.Id is "FDI1001" or "FDI1005" && code.Substring(diagnostic.Location.SourceSpan.Start, 2) == "63"
            && (!arguments.Contains(':') || Regex.IsMatch(code[..diagnostic.Location.SourceSpan.Start], $"{width}: $")));
        Assert.True(isReported, $"{width} of {factory}({arguments}) should be reported; found: {string.Join("; ", found)}");
    }

    // The width in question is slow, the others are not; whatever else has a number has a small one.
    private static string ValueOf(IParameterSymbol parameter, IParameterSymbol width) => parameter.Name switch
    {
        var name when name == width.Name => "63",
        // Behind a bilinear layer's first product stand as many columns as these two give together.
        "in2_features" or "out_features" => "1",
        // Attention does not depend on the feed-forward width and has to be cheap beside it.
        "d_model" when width.Name == "dim_feedforward" => "16",
        var name when _widths.Contains(name) => "64",
        "kernel_size" => Axes(parameter, 3),
        "stride" or "dilation" => Axes(parameter, 1),
        "padding" => parameter.Type.TypeKind == TypeKind.Enum ? "Padding.Same" : Axes(parameter, 1),
        "groups" or "numLayers" or "num_encoder_layers" or "num_decoder_layers" or "num_heads" or "nhead" => "1",
        _ => "",
    };

    private static string Axes(IParameterSymbol parameter, int value)
    {
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner : parameter.Type;
        return type is INamedTypeSymbol { IsTupleType: true, TupleElements.Length: var rank } ? $"({string.Join(", ", Enumerable.Repeat(value, rank))})" : $"{value}";
    }

    private static string Text(IMethodSymbol method) =>
        $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {parameter.Name}"))})";
}
