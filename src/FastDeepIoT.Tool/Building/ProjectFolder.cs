namespace FastDeepIoT.Tool;

/// <summary>Names files so that reports do not depend on where the sources lie.</summary>
/// <param name="Path">The folder of the project; null when there is none.</param>
internal sealed record ProjectFolder(string? Path)
{
    /// <summary>A file is named relative to the folder, with '/'; as it is only where both share no root.</summary>
    internal string NameOf(string file)
    {
        if (Path is null || !System.IO.Path.IsPathRooted(file)) return file;

        var relative = System.IO.Path.GetRelativePath(Path, file);
        return System.IO.Path.IsPathRooted(relative) ? file : relative.Replace('\\', '/');
    }
}
