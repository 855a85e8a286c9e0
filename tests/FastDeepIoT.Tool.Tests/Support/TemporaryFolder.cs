using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Tool.Tests;

/// <summary>A folder that goes away with what is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");

    internal string Path => _folder.FullName;

    /// <summary>A folder beside it for temporary files of processes.</summary>
    internal string Temporary => Directory.CreateDirectory(_folder.FullName + "-temporary").FullName;

    /// <summary>The names of all files in it, in order.</summary>
    internal IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file)).Order(StringComparer.Ordinal)];

    internal string At(string name) => System.IO.Path.Combine(Path, name);

    internal string Read(string name) => File.ReadAllText(At(name));

    internal void Write(string name, string text) => File.WriteAllText(At(name), text);

    internal void Write(string name, ModelProto model) => OnnxFile.Write(model, At(name));

    internal void Write(string name, DeviceModel device) => Write(name, DeviceModelFile.Write(device));

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        Directory.Delete(Temporary, recursive: true);
    }
}
