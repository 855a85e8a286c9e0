using System.Reflection;

namespace FastDeepIoT.Build.Tests;

/// <summary>Where the sources lie that are packed and tested here.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The configuration these tests were built in; what is packed is the same.</summary>
    internal static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "FastDeepIoT.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run from a folder below the repository."));
}
