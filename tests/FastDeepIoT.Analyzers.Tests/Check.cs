using FastDeepIoT.Analyzers.CodeFixes;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>Starts checks of the analyzer with its code fix.</summary>
internal static class Check
{
    /// <summary>Code against the synthetic device.</summary>
    internal static Check<WidthCodeFix> Code(string source) => new(source, [SyntheticDevice.Stepped], torchSharp: true);

    internal static Check<WidthCodeFix> Code(string source, params DeviceModel[] devices) =>
        new(source, devices, torchSharp: true);

    internal static Check<WidthCodeFix> CodeWithoutTorchSharp(string source) =>
        new(source, [SyntheticDevice.Stepped], torchSharp: false);

    /// <summary>The layers as statements of a method.</summary>
    internal static Check<WidthCodeFix> Statements(string statements) => Code(Method(statements));

    internal static string Method(string statements) => $$"""
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        class Some
        {
            void Method(long unknown)
            {
                {{statements}}
            }
        }
        """;
}

/// <summary>Compiles code against TorchSharp's metadata and checks what the analyzer and a fix make of it.</summary>
internal sealed class Check<TFix> where TFix : CodeFixProvider, new()
{
    private readonly string _source;
    private readonly CSharpCodeFixTest<WidthAnalyzer, TFix, DefaultVerifier> _test = new()
    {
        // Nothing is downloaded: the references are those of this process.
        ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck,
    };

    internal Check(string source, DeviceModel[] devices, bool torchSharp)
    {
        _test.TestCode = _source = source;
        _test.DisabledDiagnostics.Add("FDI1002");
        _test.TestState.AdditionalReferences.AddRange(References.Framework);
        if (torchSharp) _test.TestState.AdditionalReferences.Add(References.TorchSharp);
        foreach (var device in devices)
            _test.TestState.AdditionalFiles.Add(($"/0/{device.Name}.fastdeepiot.json", device.Text()));
    }

    internal Check<TFix> Expect(DiagnosticResult diagnostic)
    {
        _test.TestState.ExpectedDiagnostics.Add(diagnostic);
        return this;
    }

    internal Check<TFix> ExpectMessage(string id, DiagnosticSeverity severity, string message) =>
        Expect(new DiagnosticResult(id, severity).WithLocation(0).WithMessage(message).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));

    internal Check<TFix> WithFreeCapacity()
    {
        _test.DisabledDiagnostics.Remove("FDI1002");
        return this;
    }

    internal Check<TFix> WithSource(string source)
    {
        _test.TestState.Sources.Add(source);
        return this;
    }

    internal Check<TFix> WithFile(string path, string text)
    {
        _test.TestState.AdditionalFiles.Add((path, text));
        return this;
    }

    internal Check<TFix> WithConfig(string path, string text)
    {
        _test.TestState.AnalyzerConfigFiles.Add((path, text));
        return this;
    }

    internal Check<TFix> TopLevel()
    {
        _test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return this;
    }

    /// <summary>The code may have errors, as while it is being typed.</summary>
    internal Check<TFix> Unfinished()
    {
        _test.CompilerDiagnostics = CompilerDiagnostics.None;
        return this;
    }

    /// <summary>The fix at an index turns the code into other code and carries that title.</summary>
    internal Check<TFix> FixedTo(string source, string title, int index = 0)
    {
        _test.FixedCode = source;
        _test.FixedState.MarkupHandling = MarkupMode.Allow;
        _test.CodeActionIndex = index;
        _test.CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title);
        return this;
    }

    /// <summary>No fix changes anything.</summary>
    internal Check<TFix> NotFixed()
    {
        _test.FixedCode = _source;
        _test.FixedState.MarkupHandling = MarkupMode.Allow;
        return this;
    }

    internal Task Run() => _test.RunAsync(Xunit.TestContext.Current.CancellationToken);
}
