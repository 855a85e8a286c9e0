using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// What a result depends on, as one hash: the tool, the options, and the content of every file. Not where these files lie, so that clean
/// builds, branches and copies of the sources share results; only how the report names them.
/// </summary>
internal sealed class CacheKey : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private CacheKey()
    {
    }

    /// <summary>The key; null when something that it depends on cannot be read, which the work itself will tell.</summary>
    internal static string? Of(BuildModel model, ProjectFolder project)
    {
        try
        {
            using var key = new CacheKey();
            return key.Add(model, project) ? Convert.ToHexStringLower(key._hash.GetHashAndReset()) : null;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose() => _hash.Dispose();

    private bool Add(BuildModel model, ProjectFolder project)
    {
        if (DeviceResolver.FileOf(model.Device ?? model.StandIn) is not { } device) return false; // chosen by the machine, or not there

        Add("tool", ToolIdentity.Value);
        foreach (var (key, value) in model.Options) Add(key, value);
        if (model.Device is { } named) Add("device is called", project.NameOf(named));
        AddFile("device", device);
        AddFile("model", model.Source);
        foreach (var weights in ExternalData.FilesOf(OnnxFile.Read(model.Source), model.Source))
            AddFile(Path.GetRelativePath(Path.GetDirectoryName(model.Source)!, weights), weights);
        foreach (var data in new[] { model.Calibration?.Data, model.Calibration?.Judging }.OfType<string>()) AddCalibration(data, project);
        return true;
    }

    private void AddCalibration(string calibration, ProjectFolder project)
    {
        Add("calibration is called", project.NameOf(calibration));
        var files = Disk.HasFolder(calibration) ? Disk.Files(calibration, "*", SearchOption.AllDirectories) : [calibration];
        foreach (var file in files.Order(StringComparer.Ordinal)) AddFile(Path.GetRelativePath(calibration, file), file);
    }

    private void AddFile(string name, string path)
    {
        using var file = Disk.OpenRead(path, bufferBytes: 1);
        Add(name, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    private void Add(string name, string value)
    {
        Add(name);
        Add(value);
    }

    // With its length, so that no two lists of texts run into the same bytes.
    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }
}
