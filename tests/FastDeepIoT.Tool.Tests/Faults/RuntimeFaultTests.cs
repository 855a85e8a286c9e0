using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>A machine on which the runtime is missing or broken, a disk without room, and a folder that is not there.</summary>
public sealed class RuntimeFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RuntimeFaultTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Chain(13, 13, 8));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("of another machine")]
    public void A_runtime_that_cannot_be_loaded_is_told(string how)
    {
        var tool = CopyOfTool();
        foreach (var native in Directory.GetFiles(tool, "*onnxruntime.*", SearchOption.AllDirectories).Where(file => !file.EndsWith("OnnxRuntime.dll", StringComparison.Ordinal)))
            if (how == "missing") File.Delete(native);
            else File.WriteAllBytes(native, how == "empty" ? [] : [0x7F, .. "ELF not for this machine"u8]);

        var result = ToolProcess.RunFrom(Path.Combine(tool, "fastdeepiot.dll"), _folder, new Dictionary<string, string>(), "optimize", "net.onnx", "--device", "device.json", "--out", "out.onnx");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("FDI3011: ", result.Error);
        Assert.DoesNotContain(_folder.Files, file => file.StartsWith("out", StringComparison.Ordinal));
    }

    [Fact]
    public void No_folder_for_temporary_files_is_told()
    {
        var result = ToolProcess.Run(_folder, new Dictionary<string, string> { ["TMPDIR"] = _folder.At("nowhere"), ["TMP"] = _folder.At("nowhere") },
            "optimize", "net.onnx", "--device", "device.json", "--out", "out.onnx");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("FDI3009: No temporary folder can be made", result.Error);
        Assert.DoesNotContain("out.onnx", _folder.Files);
    }

    // What the runtime does when a disk is full, only a disk that is full shows: it writes temporary files itself.
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(64)]
    public void No_room_for_temporary_files_is_told(int kilobytes)
    {
        Assert.SkipUnless(ToolProcess.HasSmallDisks(_folder), "nobody but the administrator may mount a disk here");
        ToolProcess.Run(_folder, "optimize", "net.onnx", "--device", "device.json", "--out", "expected.onnx");

        var result = ToolProcess.RunOnSmallDisk(_folder, kilobytes, "optimize", "net.onnx", "--device", "device.json", "--out", "out.onnx");

        Assert.True(result.ExitCode is 0 or 2, result.Error);
        if (result.ExitCode == 0) Assert.Equal(File.ReadAllBytes(_folder.At("expected.onnx")), File.ReadAllBytes(_folder.At("out.onnx")));
        else Assert.Contains("FDI3009: ", result.Error);
        if (result.ExitCode == 2) Assert.DoesNotContain(_folder.Files, file => file.StartsWith("out", StringComparison.Ordinal));
        Assert.True(kilobytes > 8 || result.ExitCode == 2, "there was room enough");
    }

    [Fact]
    public void A_model_that_takes_more_memory_than_there_is_stays_as_it_is()
    {
        var model = TestModels.Chain(13, 13, 8);
        foreach (var axis in new[] { 2, 3 }) model.Graph.Input[0].Type.TensorType.Shape.Dim[axis] = new TensorShapeProto.Types.Dimension { DimValue = 1 << 18 };
        model.Graph.Output[0].Type.TensorType.Shape = null;
        _folder.Write("net.onnx", model);

        var result = ToolProcess.Run(_folder, "optimize", "net.onnx", "--device", "device.json", "--out", "out.onnx");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("FDI2005: ", result.Error);
        Assert.Contains("GB of memory", result.Error);
        Assert.Equal(File.ReadAllBytes(_folder.At("net.onnx")), File.ReadAllBytes(_folder.At("out.onnx")));
    }

    private string CopyOfTool()
    {
        var copy = _folder.At("tool");
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories).Where(IsOfTool))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    private static bool IsOfTool(string file) => !Path.GetFileName(file).Contains("xunit", StringComparison.OrdinalIgnoreCase) && !file.Contains("TestResults", StringComparison.Ordinal);
}
