using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FastDeepIoT.Build.Baselines;

/// <summary>Paths that are the same on every machine.</summary>
internal static class RelativePath
{
    /// <summary>The way from a folder to a file with <c>/</c>; the whole path when they share no root.</summary>
    internal static string Of(string file, string folder)
    {
        var to = Segments(file);
        var from = Segments(folder);
        var shared = to.Zip(from, Same).TakeWhile(same => same).Count();
        return shared == 0
            ? file.Replace('\\', '/')
            : string.Join("/", Enumerable.Repeat("..", from.Count - shared).Concat(to.Skip(shared)));
    }

    private static List<string> Segments(string path) => [.. Path.GetFullPath(path).TrimEnd('/', '\\').Split('/', '\\')];

    private static bool Same(string left, string right) => string.Equals(
        left, right, Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
