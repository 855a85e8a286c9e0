namespace FastDeepIoT.Fuzz;

/// <summary>A folder for inputs that goes away with what is in it, inside one whose content must stay as it is.</summary>
internal sealed class FuzzFolder : IDisposable
{
    private const string Secret = "not for anybody";
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("fastdeepiot-fuzz-");

    internal FuzzFolder()
    {
        File.WriteAllText(System.IO.Path.Combine(_outside.FullName, "secret"), Secret);
        Path = _outside.CreateSubdirectory("inputs").FullName;
        Temporary = _outside.CreateSubdirectory("temporary").FullName;
    }

    /// <summary>Where inputs are written and read.</summary>
    internal string Path { get; }

    /// <summary>Where temporary folders belong.</summary>
    internal string Temporary { get; }

    /// <summary>What is not as it was, or lies where nothing may be; null when all is well.</summary>
    internal string? Trace()
    {
        if (File.ReadAllText(System.IO.Path.Combine(_outside.FullName, "secret")) != Secret) return "a file outside was changed";
        if (_outside.GetFileSystemInfos().Length != 3) return "something was written outside: " + string.Join(", ", _outside.GetFileSystemInfos().Select(entry => entry.Name));
        return Directory.GetFileSystemEntries(Temporary).FirstOrDefault() is { } left ? "a temporary file was left: " + left : null;
    }

    /// <summary>Throws when a path lies where a reader has no business.</summary>
    internal void Guard(string operation, string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (operation == "temporary" || full.StartsWith(System.IO.Path.Combine(System.IO.Path.GetTempPath(), "fastdeepiot-"), StringComparison.Ordinal)) return;
        if (!full.StartsWith(Path, StringComparison.Ordinal) && !full.StartsWith(Temporary, StringComparison.Ordinal))
            throw new InvalidOperationException($"{operation} of '{full}', which lies outside");
    }

    public void Dispose() => _outside.Delete(recursive: true);
}
