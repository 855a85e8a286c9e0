namespace FastDeepIoT.Tool;

/// <summary>Names files so that reports do not depend on where the sources lie.</summary>
/// <param name="Path">The folder of the project; null when there is none.</param>
internal sealed record ProjectFolder(string? Path)
{
    /// <summary>A file below the folder is named relative to it, with '/'; anything else as it is.</summary>
    internal string NameOf(string file)
    {
        if (Path is null || !System.IO.Path.IsPathRooted(file)) return file;

        var relative = System.IO.Path.GetRelativePath(Path, file);
        return relative.StartsWith("..", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(relative) ? file : relative.Replace('\\', '/');
    }
}
