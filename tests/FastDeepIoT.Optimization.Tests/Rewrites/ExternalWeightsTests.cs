using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Optimization.Tests.Steering;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Rewrites;

/// <summary>Models whose weights lie in another file, as those above 2 GB do.</summary>
public sealed class ExternalWeightsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-external-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Weights_in_another_file_are_padded(long largestEmbedded)
    {
        var (path, whole) = Written();
        var before = Files();

        var (model, report) = ExactOptimizer.Optimize(OnnxFile.Read(path), path, SyntheticDevice.Stepped(), new ExactOptions { LargestEmbedded = largestEmbedded },
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([(37L, 40L)], report.Widths.Where(width => width.After != width.Before).Select(width => (width.Before, width.After)));
        Assert.True(Verifier.Compare(whole, ExternalData.Embed(model!, path), cancellation: TestContext.Current.CancellationToken).Passed);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void What_does_not_change_stays_where_it_is()
    {
        var (path, _) = Written();

        var (model, _) = ExactOptimizer.Optimize(OnnxFile.Read(path), path, SyntheticDevice.Stepped(), new ExactOptions { LargestEmbedded = 0 },
            cancellation: TestContext.Current.CancellationToken);

        var external = model!.Graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External).ToList();
        Assert.Equal([[4L, 64 * 64]], external.Select(tensor => tensor.Dims.ToArray()));
    }

    [Fact]
    public void Written_with_a_file_of_its_own_it_is_the_same_model()
    {
        var (path, whole) = Written();
        var elsewhere = Path.Combine(_folder.CreateSubdirectory("other").FullName, "copy.onnx");

        ExternalData.Write(OnnxFile.Read(path), path, elsewhere);

        Assert.Equal(["copy.onnx", "copy.onnx.data"], Directory.EnumerateFiles(Path.GetDirectoryName(elsewhere)!).Select(Path.GetFileName).Order());
        Assert.True(Verifier.Compare(whole, ExternalData.Embed(OnnxFile.Read(elsewhere), elsewhere), cancellation: TestContext.Current.CancellationToken).Passed);
    }

    [Fact]
    public void The_originals_weights_are_never_overwritten()
    {
        var (path, _) = Written();
        var before = Files();

        var refused = Assert.Throws<InputException>(() => ExternalData.Write(OnnxFile.Read(path), path, path));

        Assert.Equal(DiagnosticCode.CannotWrite, refused.Finding.Code);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void Weights_that_are_not_there_are_told()
    {
        var (path, _) = Written();
        File.Delete(path + ".data");

        var missing = Assert.Throws<InputException>(() => RuntimeGraph.Of(OnnxFile.Read(path), path));

        Assert.Equal(DiagnosticCode.FileNotFound, missing.Finding.Code);
    }

    // A separable network with weights large enough to go into the other file.
    private (string Path, ModelProto Whole) Written()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Conv(b.Input(1, 64, 8, 8), 64, 37, kernel: 1), 37, 37, groups: 37);
        var whole = b.Output(b.Gemm(b.Node("Flatten", [b.Conv(x, 37, 64, kernel: 1)]), 64 * 64, 4));
        var path = Path.Combine(_folder.FullName, "model.onnx");
        var original = Path.Combine(_folder.FullName, "whole.onnx");
        OnnxFile.Write(whole, original);
        ExternalData.Write(whole, original, path);
        File.Delete(original);
        return (path, whole);
    }

    private List<(string Name, string Content)> Files() =>
        [.. _folder.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => (file.Name, Convert.ToHexString(File.ReadAllBytes(file.FullName))))];
}
