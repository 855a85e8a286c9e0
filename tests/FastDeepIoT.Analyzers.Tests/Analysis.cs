using System.Collections.Immutable;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>Runs all analyzers over a compilation; one that fails, fails the test.</summary>
internal static class Analysis
{
    internal static Task<ImmutableArray<Diagnostic>> DiagnosticsOf(Compilation compilation, DeviceModel device, CancellationToken cancellation)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([new DeviceText(device)]), (e, analyzer, _) => throw new InvalidOperationException(analyzer.ToString(), e),
            concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        return compilation.WithAnalyzers([new WidthAnalyzer(), new InputShapeAnalyzer()], options).GetAnalyzerDiagnosticsAsync(cancellation);
    }

    private sealed class DeviceText(DeviceModel device) : AdditionalText
    {
        public override string Path => $"/{device.Name}.fastdeepiot.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(device.Text());
    }
}
