namespace FastDeepIoT.Tool;

/// <summary>Where results of builds are kept: in the user's own folder for caches, unless somebody says otherwise.</summary>
internal static class CacheFolder
{
    /// <summary>The environment variable that names another folder, or <see cref="Off"/>.</summary>
    internal const string Variable = "FASTDEEPIOT_CACHE";

    /// <summary>Keeps nothing.</summary>
    internal const string Off = "off";

    /// <summary>The folder; null when nothing is to be kept.</summary>
    /// <param name="asked">What a build asks for; null for what the environment says.</param>
    internal static string? Resolve(string? asked)
    {
        var named = asked ?? Environment.GetEnvironmentVariable(Variable);
        return named == Off ? null : string.IsNullOrEmpty(named) ? OfUser() : Path.GetFullPath(named);
    }

    private static string? OfUser()
    {
        if (OperatingSystem.IsWindows())
            return Below(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "fastdeepiot", "cache");

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return Below(home, "Library", "Caches", "fastdeepiot");
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } caches && Path.IsPathRooted(caches)
            ? Below(caches, "fastdeepiot")
            : Below(home, ".cache", "fastdeepiot");
    }

    // A user without a home, as services have, keeps nothing.
    private static string? Below(string root, params string[] names) => root.Length == 0 ? null : Path.Combine([root, .. names]);
}
