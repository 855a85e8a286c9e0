namespace FastDeepIoT.TimeModel.Tests;

/// <summary>Files of the repository that are not part of the code.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder)) ? Directory.EnumerateFiles(Path.Combine(Root, folder), pattern) : [];

    internal static IEnumerable<string> AllFiles(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FastDeepIoT.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests do not lie in the repository");
        return folder.FullName;
    }
}
