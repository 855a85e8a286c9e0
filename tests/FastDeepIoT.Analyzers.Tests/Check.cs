using FastDeepIoT.Analyzers.CodeFixes;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>Compiles code against TorchSharp's metadata and checks what the analyzer and its fix make of it.</summary>
internal sealed class Check
{
    private static readonly string[] _framework =
    [
        "System.Private.CoreLib.dll", "System.Runtime.dll", "System.Collections.dll", "System.Linq.dll", "netstandard.dll", "System.Memory.dll",
    ];

    private readonly string _source;
    private readonly CSharpCodeFixTest<WidthAnalyzer, WidthCodeFix, DefaultVerifier> _test = new()
    {
        // Nothing is downloaded: the references are those of this process.
        ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck,
    };

    private Check(string source, DeviceModel[] devices, bool torchSharp)
    {
        _test.TestCode = _source = source;
        _test.DisabledDiagnostics.Add("FDI1002");
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        foreach (var path in trusted.Where(path => _framework.Contains(Path.GetFileName(path))))
            _test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(path));
        if (torchSharp) _test.TestState.AdditionalReferences.Add(typeof(TorchSharp.torch).Assembly);
        foreach (var device in devices) _test.TestState.AdditionalFiles.Add(($"/0/{device.Name}.fastdeepiot.json", device.Text()));
    }

    /// <summary>Code against the synthetic device.</summary>
    internal static Check Code(string source) => new(source, [SyntheticDevice.Stepped], torchSharp: true);

    internal static Check Code(string source, params DeviceModel[] devices) => new(source, devices, torchSharp: true);

    internal static Check CodeWithoutTorchSharp(string source) => new(source, [SyntheticDevice.Stepped], torchSharp: false);

    /// <summary>The layers as statements of a method.</summary>
    internal static Check Statements(string statements) => Code(Method(statements));

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

    internal Check Expect(DiagnosticResult diagnostic)
    {
        _test.TestState.ExpectedDiagnostics.Add(diagnostic);
        return this;
    }

    internal Check ExpectMessage(string id, DiagnosticSeverity severity, string message) =>
        Expect(new DiagnosticResult(id, severity).WithLocation(0).WithMessage(message));

    internal Check WithFreeCapacity()
    {
        _test.DisabledDiagnostics.Remove("FDI1002");
        return this;
    }

    internal Check WithFile(string path, string text)
    {
        _test.TestState.AdditionalFiles.Add((path, text));
        return this;
    }

    internal Check WithConfig(string path, string text)
    {
        _test.TestState.AnalyzerConfigFiles.Add((path, text));
        return this;
    }

    internal Check TopLevel()
    {
        _test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return this;
    }

    /// <summary>The fix at an index turns the code into other code and carries that title.</summary>
    internal Check FixedTo(string source, string title, int index = 0)
    {
        _test.FixedCode = source;
        _test.FixedState.MarkupHandling = MarkupMode.Allow;
        _test.CodeActionIndex = index;
        _test.CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title);
        return this;
    }

    /// <summary>No fix changes anything.</summary>
    internal Check NotFixed()
    {
        _test.FixedCode = _source;
        _test.FixedState.MarkupHandling = MarkupMode.Allow;
        return this;
    }

    internal Task Run() => _test.RunAsync(Xunit.TestContext.Current.CancellationToken);
}
