using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

/// <summary>A batch of 33 is slow for one model, a sequence of 129 for another, and nothing else is.</summary>
public sealed class InputShapeTests
{
    [Theory]
    [InlineData("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { {|FDI1003:33|}, 3, 8, 8 }));")]
    [InlineData("var t = new DenseTensor<float>([{|FDI1003:33|}, 3, 8, 8]); var n = NamedOnnxValue.CreateFromTensor<float>(\"image\", t);")]
    [InlineData("DenseTensor<float> t = new(new float[6336], new[] { {|FDI1003:Batch|}, 3, 8, 8 }); NamedOnnxValue.CreateFromTensor(\"image\", t);")]
    [InlineData("var shape = new[] { {|FDI1003:33|}, 3, 8, 8 }; NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(shape));")]
    [InlineData("var t = new DenseTensor<float>(new[] { {|FDI1003:32 + 1|}, 3, 8, 8 });")]
    [InlineData("int[] shape = { {|FDI1003:33|}, 3, 8, 8 }; var t = new DenseTensor<float>(shape);")]
    [InlineData("var t = new DenseTensor<float>(unknown > 0 ? new[] { 1, 3, 8, 8 } : new[] { {|FDI1003:33|}, 3, 8, 8 });")]
    [InlineData("var v = OrtValue.CreateTensorValueFromMemory(new float[6336], [{|FDI1003:33|}, 3, 8, 8]); var d = new Dictionary<string, OrtValue> { { \"image\", v } };")]
    [InlineData("var v = OrtValue.CreateTensorValueFromMemory(new float[6336], new long[] { {|FDI1003:33|}, 3, 8, 8 }); var d = new Dictionary<string, OrtValue> { [\"image\"] = v };")]
    [InlineData("using var v = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Int64, [1, {|FDI1003:129|}]); binding.BindInput(\"ids\", v);")]
    [InlineData("binding.BindInput(\"ids\", TensorElementType.Int64, new long[] { 1, {|FDI1003:129|} }, memory);")]
    [InlineData("var t = new float[{|FDI1003:33|}, 3, 8, 8].ToTensor(); var n = NamedOnnxValue.CreateFromTensor(\"image\", t);")]
    [InlineData("System.ReadOnlySpan<int> shape = stackalloc int[] { 33, 3, 8, 8 }; var t = new DenseTensor<float>([{|FDI1003:33|}, 3, 8, 8]);")]
    [InlineData("var t = new DenseTensor<float>(dimensions: [{|FDI1003:33|}, 3, 8, 8], memory: new float[6336]);")]
    [InlineData("var v = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new System.Memory<float>(new float[6336]), new long[] { {|FDI1003:33|}, 3, 8, 8 });")]
    [InlineData("var v = FixedBufferOnnxValue.CreateFromMemory<float>(null, new System.Memory<float>(new float[6336]), TensorElementType.Float, new long[] { {|FDI1003:33|}, 3, 8, 8 }, 25344);")]
    [InlineData("var ids = OrtValue.CreateTensorValueFromMemory(new long[129], [1, {|FDI1003:129|}]); session.Run(options, new[] { \"ids\" }, new[] { ids }, outputs);")]
    [InlineData("var ids = OrtValue.CreateTensorValueFromMemory(new long[129], [1, {|FDI1003:129|}]); session.Run(options, [\"mask\", \"ids\"], [mask, ids], outputs);")]
    [InlineData("var v = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, new[] { {|FDI1003:33L|}, 3, 8, 8 }, default, 25344);")]
    [InlineData("var d = new Dictionary<string, OrtValue>(); d.Add(\"image\", OrtValue.CreateTensorValueFromMemory(new float[6336], [{|FDI1003:33|}, 3, 8, 8]));")]
    [InlineData("var d = new Dictionary<string, OrtValue>(); d[\"image\"] = OrtValue.CreateTensorValueFromMemory(new float[6336], [{|FDI1003:Batch|}, 3, 8, 8]);")]
    [InlineData("new SessionOptions().AddFreeDimensionOverrideByName(\"batch\", {|FDI1003:33|});")]
    [InlineData("new SessionOptions().AddFreeDimensionOverrideByName(dimValue: {|FDI1003:129|}, dimName: \"sequence\");")]
    [InlineData("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(stackalloc int[] { {|FDI1003:33|}, 3, 8, 8 }));")]
    [InlineData("NamedOnnxValue.CreateFromTensor(value: new DenseTensor<float>(stackalloc[] { {|FDI1003:33|}, 3, 8, 8 }), name: \"image\");")]
    [InlineData("System.ReadOnlySpan<int> shape = stackalloc int[4] { {|FDI1003:33|}, 3, 8, 8 }; var t = new DenseTensor<float>(shape);")]
    [InlineData("System.ReadOnlySpan<int> shape = [{|FDI1003:33|}, 3, 8, 8]; var t = new DenseTensor<float>(shape); var u = new DenseTensor<float>(shape);")]
    [InlineData("int[] shape = [{|FDI1003:33|}, 3, 8, 8]; var same = shape; var t = new DenseTensor<float>(System.MemoryExtensions.AsSpan(same));")]
    [InlineData("var t = new DenseTensor<float>(new System.ReadOnlySpan<int>(new[] { {|FDI1003:33|}, 3, 8, 8 }));")]
    [InlineData("var t = new DenseTensor<float>(6336); NamedOnnxValue.CreateFromTensor(\"image\", t.Reshape([{|FDI1003:33|}, 3, 8, 8]));")]
    [InlineData("binding.BindInput(ortValue: OrtValue.CreateTensorValueFromMemory(new long[129], [1, {|FDI1003:129|}]), name: \"ids\");")]
    [InlineData("var pair = new KeyValuePair<string, OrtValue>(\"ids\", OrtValue.CreateTensorValueFromMemory(new long[129], [1, {|FDI1003:129|}]));")]
    [InlineData("_ids = OrtValue.CreateTensorValueFromMemory(new long[129], [1, {|FDI1003:129|}]); var d = new Dictionary<string, OrtValue> { [\"ids\"] = _ids };")]
    public Task Size_on_a_cliff_is_reported_where_it_is_written(string statement) => Code(statement).RunAsync(Cancellation);

    [Theory]
    [InlineData("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { 32, 3, 8, 8 }));")]
    [InlineData("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { unknown, 3, 8, 8 }));")]
    [InlineData("NamedOnnxValue.CreateFromTensor(\"other\", new DenseTensor<float>(new[] { 33, 3, 8, 8 }));")]
    [InlineData("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { 33, 3, 8, 9 }));")]
    [InlineData("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { 33, 3, 64 }));")]
    [InlineData("var shape = new[] { 33, 3, 8, 8 }; shape[0] = unknown; NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(shape));")]
    [InlineData("var t = new DenseTensor<long>(new[] { 1, 129 });")]
    [InlineData("var n = 33; if (unknown > 2) n = unknown; var t = new DenseTensor<float>(new[] { n, 3, 8, 8 });")]
    [InlineData("binding.BindOutput(\"image\", TensorElementType.Float, new long[] { 33, 3, 8, 8 }, memory);")]
    [InlineData("var d = new Dictionary<string, OrtValue>(); d[\"label\"] = OrtValue.CreateTensorValueFromMemory(new float[6336], [33, 3, 8, 8]);")]
    [InlineData("var v = OrtValue.CreateTensorValueFromMemory(new long[258], [2, 129]); var d = new Dictionary<string, OrtValue> { { \"ids\", v } };")]
    [InlineData("var v = OrtValue.CreateTensorValueFromMemory(new long[129], [unknown, 129]); var d = new Dictionary<string, OrtValue> { { \"ids\", v } };")]
    [InlineData("new SessionOptions().AddFreeDimensionOverrideByName(\"width\", 33);")]
    [InlineData("new SessionOptions().AddFreeDimensionOverrideByName(\"batch\", unknown);")]
    [InlineData("new DenseTensor<float>(33);")]
    [InlineData("var other = OrtValue.CreateTensorValueFromMemory(new long[129], [1, 129]); session.Run(options, new[] { \"other\" }, new[] { other }, outputs);")]
    [InlineData("var b = new SessionOptions(); b.AddFreeDimensionOverride(\"DATA_BATCH\", 33);")]
    [InlineData("var d = new Dictionary<string, int[]> { { \"image\", new[] { 33, 3, 8, 8 } } };")]
    [InlineData("var t = new DenseTensor<float>(stackalloc int[4]);")]
    [InlineData("System.Span<int> shape = stackalloc[] { 33, 3, 8, 8 }; shape[0] = unknown; var t = new DenseTensor<float>(shape);")]
    [InlineData("System.Span<int> shape = stackalloc[] { 33, 3, 8, 8 }; shape.Fill(8); var t = new DenseTensor<float>(shape);")]
    [InlineData("int[] shape = [33, 3, 8, 8]; System.Array.Fill(shape, 8); var t = new DenseTensor<float>(shape);")]
    [InlineData("var t = new DenseTensor<float>(6336); var output = t.Reshape([33, 3, 8, 8]);")]
    [InlineData("int[] rest = [8, 8]; var t = new DenseTensor<float>([33, 3, .. rest]);")]
    [InlineData("int[] more = [33, 33, 3, 8, 8]; var t = new DenseTensor<float>(System.MemoryExtensions.AsSpan(more, 1)); var u = new DenseTensor<float>(more[1..]);")]
    public Task Silent_where_no_model_is_fed_that_size_for_sure(string statement) => Code(statement).RunAsync(Cancellation);

    [Fact]
    public Task Message_names_model_dimension_ratio_and_certainty()
    {
        var test = Code("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { {|#0:33|}, 3, 8, 8 }));");
        test.ExpectedDiagnostics.Add(new DiagnosticResult("FDI1003", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(
            "'models/digits.onnx' with batch 33: predicted 1.12× the time of 36 and 1.31× that of 32 on 'synthetic' (±5%)"));
        return test.RunAsync(Cancellation);
    }

    [Fact]
    public Task Threshold_applies()
    {
        var test = Code("new SessionOptions().AddFreeDimensionOverrideByName(\"batch\", 33);");
        test.TestState.AnalyzerConfigFiles.Add(("/0/.editorconfig", "root = true\n[*.cs]\nfastdeepiot_cliff_threshold = 40%\n"));
        return test.RunAsync(Cancellation);
    }

    [Fact]
    public Task Shape_that_fits_two_models_is_judged_only_where_code_names_one()
    {
        var test = Code("var s = new InferenceSession(\"models/digits.onnx\"); NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { {|FDI1003:33|}, 3, 8, 8 }));");
        Add(test, "twin", Digits.Replace("digits", "twin"));
        var silent = Code("NamedOnnxValue.CreateFromTensor(\"image\", new DenseTensor<float>(new[] { 33, 3, 8, 8 }));");
        Add(silent, "twin", Digits.Replace("digits", "twin"));
        return Task.WhenAll(test.RunAsync(Cancellation), silent.RunAsync(Cancellation));
    }

    [Fact]
    public Task Shapes_of_MLNET_are_read()
    {
        var test = Code("""
            OnnxCatalog.ApplyOnnxModel(null, "digits.onnx", shapeDictionary: new Dictionary<string, int[]> { { "image", new[] { {|FDI1003:33|}, 3, 8, 8 } } });
            var shapes = new Dictionary<string, int[]>();
            shapes.Add("image", new[] { {|FDI1003:33|}, 3, 8, 8 });
            shapes["label"] = new[] { 33, 3, 8, 8 };
            OnnxCatalog.ApplyOnnxModel(null, "digits.onnx", shapes);
            OnnxCatalog.ApplyOnnxModel(null, "digits.onnx", shapes);
            var catalog = new Microsoft.ML.Transforms.Onnx.OnnxOptions { ModelFile = "digits.onnx", ShapeDictionary = new Dictionary<string, int[]> { ["image"] = [{|FDI1003:33|}, 3, 8, 8] } };
            """, MLNet + "class Row { [Microsoft.ML.Data.VectorType({|FDI1003:33|}, 3, 8, 8)] public float[] image { get; set; } [Microsoft.ML.Data.VectorType(33, 3, 8, 8)] public float[] Other { get; set; } }"
            + "record Line([property: Microsoft.ML.Data.VectorType(new[] { {|FDI1003:33|}, 3, 8, 8 })] float[] image, [property: Microsoft.ML.Data.VectorType(33, 3, 8, 8)] float[] Other);");
        return test.RunAsync(Cancellation);
    }

    [Fact]
    public Task Unreadable_report_is_told()
    {
        var test = Code("");
        Add(test, "broken", "{");
        test.ExpectedDiagnostics.Add(new DiagnosticResult("FDI1008", DiagnosticSeverity.Warning).WithSpan("/0/broken.json", 1, 1, 1, 1)
            .WithMessage("Not a readable report on a model: line 1: expected more text. Build the project again; the package and its tool must be of one version."));
        return test.RunAsync(Cancellation);
    }

    private const string Digits = """
        {"schema": "fastdeepiot.build-report/1", "status": "unchanged", "model": "models/digits.onnx", "device": "synthetic",
         "inputs": [{"name": "image", "axes": ["batch", 3, 8, 8]}],
         "dimensions": [{"name": "batch", "assumed": 1, "cliffs": [{"size": 33,
           "larger": {"size": 36, "ratio": 1.12, "excess": 1.12, "uncertainty": 0.05},
           "smaller": {"size": 32, "ratio": 1.31, "excess": 1.27, "uncertainty": 0.05}}]}]}
        """;

    private const string Text = """
        {"schema": "fastdeepiot.build-report/1", "status": "optimized", "model": "models/text.onnx", "device": "synthetic",
         "inputs": [{"name": "ids", "axes": ["items", "sequence"]}, {"name": "mask", "axes": ["items", "sequence"]}],
         "dimensions": [{"name": "items", "assumed": 1, "cliffs": []}, {"name": "sequence", "assumed": 1, "cliffs": [{"size": 129,
           "smaller": {"size": 128, "ratio": 1.4, "excess": 1.38, "uncertainty": 0.05}}]}]}
        """;

    private const string Failed = """{"schema": "fastdeepiot.build-report/1", "status": "failed", "model": "bad.onnx", "device": null}""";

    private const string MLNet = """
        namespace Microsoft.ML { static class OnnxCatalog { public static void ApplyOnnxModel(object catalog, string modelFile, IDictionary<string, int[]> shapeDictionary) { } } }
        namespace Microsoft.ML.Transforms.Onnx { class OnnxOptions { public string ModelFile { get; set; } public IDictionary<string, int[]> ShapeDictionary { get; set; } } }
        namespace Microsoft.ML.Data { class VectorTypeAttribute : System.Attribute { public VectorTypeAttribute(params int[] dimensions) { } } }

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static CSharpCodeFixTest<InputShapeAnalyzer, EmptyCodeFixProvider, DefaultVerifier> Code(string statements, string types = "")
    {
        var test = new CSharpCodeFixTest<InputShapeAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            TestCode = $$"""
                using System.Collections.Generic;
                using Microsoft.ML;
                using Microsoft.ML.OnnxRuntime;
                using Microsoft.ML.OnnxRuntime.Tensors;
                class Some
                {
                    const int Batch = 33;
                    private OrtValue _ids;
                    void Method(int unknown, OrtIoBinding binding, OrtMemoryAllocation memory, InferenceSession session, RunOptions options, OrtValue mask, string[] outputs)
                    {
                        {{statements}}
                    }
                }
                {{types}}
                """,
        };
        test.TestState.AdditionalReferences.AddRange(References.Framework);
        test.TestState.AdditionalReferences.Add(References.OnnxRuntime);
        foreach (var (name, report) in new[] { ("digits", Digits), ("text", Text), ("failed", Failed) }) Add(test, name, report);
        return test;
    }

    private static void Add(CSharpCodeFixTest<InputShapeAnalyzer, EmptyCodeFixProvider, DefaultVerifier> test, string name, string report)
    {
        test.TestState.AdditionalFiles.Add(($"/0/{name}.json", report));
        test.TestState.AnalyzerConfigFiles.Add(($"/{name}.globalconfig",
            $"is_global = true\n[/0/{name}.json]\nbuild_metadata.AdditionalFiles.FastDeepIoTBuildReport = true\n"));
    }
}
