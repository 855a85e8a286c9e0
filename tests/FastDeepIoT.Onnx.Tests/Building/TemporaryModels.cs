using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;
using Google.Protobuf;

namespace FastDeepIoT.Tests.Building;

/// <summary>A folder for models that goes away with what is in it.</summary>
internal sealed class TemporaryModels : IDisposable
{
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("fastdeepiot-tests-");

    internal TemporaryModels() => Folder = _outside.CreateSubdirectory("model").FullName;

    /// <summary>Where models lie.</summary>
    internal string Folder { get; }

    /// <summary>The folder above.</summary>
    internal string Outside => _outside.FullName;

    internal string At(string name) => Path.Combine(Folder, name);

    internal string Write(byte[] bytes, string name = "model.onnx")
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    internal string Write(ModelProto model) => Write(model.ToByteArray());

    /// <summary>What reading a model is refused with.</summary>
    internal Finding Refusal(byte[] bytes) => Refusal(Write(bytes));

    /// <summary>What reading a model is refused with.</summary>
    internal Finding Refusal(ModelProto model) => Refusal(model.ToByteArray());

    /// <summary>What reading a file is refused with.</summary>
    internal static Finding Refusal(string path)
    {
        try
        {
            OnnxFile.Read(path);
        }
        catch (InputException e)
        {
            return e.Finding;
        }

        throw new InvalidOperationException($"'{path}' was not refused");
    }

    public void Dispose() => _outside.Delete(recursive: true);
}
