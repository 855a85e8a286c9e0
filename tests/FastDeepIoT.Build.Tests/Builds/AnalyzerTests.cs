using System.Text.Json;

namespace FastDeepIoT.Build.Tests.Builds;

public sealed class AnalyzerTests(PackageFeed feed)
{
    [Fact]
    public async Task AnalyzerSeesTheDeviceModelOfTheProject()
    {
        var project = new TestProject(feed).Define(properties: "<FastDeepIoTDevice>devices/gateway.json</FastDeepIoTDevice>");
        project.Write("devices/gateway.json", "{}");
        (await project.Run("restore")).Succeeded();

        var files = (await project.Run("msbuild", "-getItem:AdditionalFiles")).Succeeded().Output;

        Assert.Contains("gateway.json", files, StringComparison.Ordinal);
        Assert.Contains("\"FastDeepIoTDeviceModel\": \"true\"", files, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnalyzerSeesEveryDeviceOfTheProjectOnceAndNothingElse()
    {
        var project = new TestProject(feed).Define(
            properties: "<FastDeepIoTDevices>devices/gateway.json@linux-arm64=12ms; x64-avx512-1t = 2ms ;devices/gateway.json;unknown</FastDeepIoTDevices>");
        project.Write("devices/gateway.json", "{}");
        (await project.Run("restore")).Succeeded();

        var items = JsonDocument.Parse((await project.Run("msbuild", "-getItem:AdditionalFiles")).Succeeded().Output).RootElement.GetProperty("Items");

        var models = items.GetProperty("AdditionalFiles").EnumerateArray()
            .Where(file => file.TryGetProperty("FastDeepIoTDeviceModel", out var marked) && marked.GetString() == "true").Select(file => file.GetProperty("FullPath").GetString()!);
        Assert.Equal(["gateway.json", "x64-avx512-1t.json"], models.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net10.0;net9.0")]
    public async Task SizesAtWhichAModelIsSlowReachTheAnalyzerInTheFirstBuildAndCostNothingInTheNext(string frameworks)
    {
        // Other frameworks than the SDK's own are not there; what matters is that the project is built once for each.
        var project = new TestProject(feed).Model("models/a.onnx", "rows=33").Model("models/b.onnx")
            .Define(frameworks: frameworks.Replace("net9.0", "netstandard2.0", StringComparison.Ordinal), properties: "<OutputType>Library</OutputType>\n<LangVersion>latest</LangVersion>");
        project.Write("Program.cs", Feeding(33));

        var warning = Assert.Single((await project.Build()).Succeeded().Warnings);
        var compiled = File.GetLastWriteTimeUtc(project.PathOf("obj/Debug/net10.0/app.dll"));
        (await project.BuildAgain()).Succeeded();

        Assert.Contains("warning FDI1003: 'models/a.onnx' with rows 33: predicted 1.50", warning, StringComparison.Ordinal);
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(project.PathOf("obj/Debug/net10.0/app.dll")));

        project.Model("models/a.onnx", "rows=65");
        Assert.Empty((await project.BuildAgain()).Succeeded().Warnings);
        project.Write("Program.cs", Feeding(65));
        Assert.Single((await project.BuildAgain()).Succeeded().Warnings);
        File.Delete(project.PathOf("models/a.onnx"));
        Assert.Empty((await project.BuildAgain()).Succeeded().Warnings);
    }

    /// <summary>Code that feeds a model; of ONNX Runtime, the analyzer only needs the names.</summary>
    private static string Feeding(int rows) => $$"""
        public static class Program
        {
            public static object Input() => new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<float>(new[] { {{rows}}, 24, 24 });
        }

        namespace Microsoft.ML.OnnxRuntime
        {
            public class SessionOptions { }
        }

        namespace Microsoft.ML.OnnxRuntime.Tensors
        {
            public class DenseTensor<T>
            {
                public DenseTensor(int[] dimensions, bool reverseStride = false) { }
            }
        }
        """;
}
