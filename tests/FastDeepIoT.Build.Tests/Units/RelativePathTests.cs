using FastDeepIoT.Build.Baselines;

namespace FastDeepIoT.Build.Tests.Units;

public sealed class RelativePathTests
{
    [Theory]
    [InlineData("app/models/a.onnx", "app", "models/a.onnx")]
    [InlineData("models/a.onnx", "app/config", "../../models/a.onnx")]
    [InlineData("application/a.onnx", "app", "../application/a.onnx")]
    public void WayFromFolderToFileIsTheSameOnEveryMachine(string file, string folder, string expected)
    {
        var root = Path.GetTempPath();
        Assert.Equal(expected, RelativePath.Of(Path.Combine(root, file), Path.Combine(root, folder)));
    }
}
