using System.Text.RegularExpressions;
using FastDeepIoT.Analyzers.CodeFixes;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>Programs as people write them: what should be reported is marked in their text, and every fix is tried.</summary>
public sealed class CorpusTests
{
    private const int Cuts = 5;
    private const int LongestCut = 60;
    private static readonly CSharpParseOptions _language = new(LanguageVersion.Latest);

    public static TheoryData<string> Programs =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus")).Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Every_cliff_is_reported_and_nothing_else(string program)
    {
        var check = Check.Code(TextOf(program));
        return (program == "Program" ? check.TopLevel() : check).Run();
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Fixes_compile_and_are_predicted_faster_on_the_synthetic_device(string program) => TryFixes(program, SyntheticDevice.Stepped);

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Fixes_compile_and_are_predicted_faster_on_a_real_device(string program) => TryFixes(program, BuiltInDevice.Model);

    [Fact]
    public async Task Some_fixes_are_offered()
    {
        var offered = 0;
        foreach (var program in Programs) offered += await TryFixes(program, SyntheticDevice.Stepped);
        Assert.InRange(offered, 20, 1000);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Nothing_fails_in_code_that_is_being_typed(string program)
    {
        var (text, random) = (Unmarked(program), new Random(1));
        for (var i = 0; i < Cuts; i++)
        {
            var start = random.Next(text.Length);
            var document = DocumentOf(text.Remove(start, Math.Min(random.Next(1, LongestCut), text.Length - start)), isScript: program == "Program");
            await Analysis.DiagnosticsOf((await document.Project.GetCompilationAsync(Cancellation))!, SyntheticDevice.Stepped, Cancellation);
        }
    }

    private static async Task<int> TryFixes(string program, DeviceModel device)
    {
        var document = DocumentOf(Unmarked(program), program == "Program");
        var tried = 0;
        foreach (var diagnostic in await Analysis.DiagnosticsOf((await document.Project.GetCompilationAsync(Cancellation))!, device, Cancellation))
        {
            Assert.Matches("^FDI100[1245]$", diagnostic.Id);
            var actions = new List<CodeAction>();
            await new WidthCodeFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), Cancellation));
            foreach (var action in actions)
            {
                var operation = Assert.Single((await action.GetOperationsAsync(Cancellation)).OfType<ApplyChangesOperation>());
                var changed = operation.ChangedSolution.GetDocument(document.Id)!;
                var errors = (await changed.Project.GetCompilationAsync(Cancellation))!.GetDiagnostics(Cancellation).Where(found => found.Severity == DiagnosticSeverity.Error);
                Assert.Empty(errors);
                Assert.Matches(@"^Change \d+ to \d+( in \d+ places)? \(predicted (\d+% faster|about as fast)\)$", action.Title);
                var (before, after) = (await TimeOf(document, device), await TimeOf(changed, device));
                Assert.True(after < before * 1.01, $"{action.Title}: {before} ns before, {after} ns after");
                tried++;
            }
        }

        return tried;
    }

    // The times of all layers in all situations that the device model knows, added up.
    private static async Task<double> TimeOf(Document document, DeviceModel device)
    {
        var model = (await document.GetSemanticModelAsync(Cancellation))!;
        var library = new LayerLibrary(TorchSharpTypes.Of(model.Compilation), []);
        var finder = new CliffFinder(device);
        return NetworkCode.In(await model.SyntaxTree.GetRootAsync(Cancellation), library)
            .SelectMany(code => Network.Read(code, model, library, null, Cancellation).Layers)
            .SelectMany(layer => (layer.Sizes ?? Situations.Spread).OfType<IReadOnlyList<long>>().Take(2).SelectMany(size => layer.Shape.Layers(size, Activation.None)))
            .Sum(layer => device.Predict(layer, finder.Network)?.Time.Nanoseconds ?? 0);
    }

    private static Document DocumentOf(string text, bool isScript)
    {
        var kind = isScript ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return new AdhocWorkspace().AddProject("corpus", LanguageNames.CSharp)
            .WithMetadataReferences([.. References.Framework, References.TorchSharp])
            .WithCompilationOptions(new CSharpCompilationOptions(kind)).WithParseOptions(_language)
            .AddDocument("Corpus.cs", SourceText.From(text));
    }

    private static string Unmarked(string program) => Regex.Replace(TextOf(program), @"\{\|FDI\d+:(.*?)\|\}", "$1");

    private static string TextOf(string program) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Corpus", program + ".txt"));
}
