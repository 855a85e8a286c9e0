namespace FastDeepIoT.Fuzz;

/// <summary>A folder for inputs that goes away with what is in it.</summary>
internal sealed class FuzzFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-fuzz-");

    internal string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
