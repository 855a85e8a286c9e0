namespace FastDeepIoT.Build.Tests;

/// <summary>Runs <c>dotnet</c> as a person would in a script.</summary>
internal static class DotNet
{
    private static readonly Dictionary<string, string> Always = new()
    {
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBUILDTERMINALLOGGER"] = "off",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = CompilerServer.Name,
        ["FASTDEEPIOT_CACHE"] = "off", // no test may depend on what another one kept
    };

    internal static Task<CommandResult> Run(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        Command.Run(Host, folder, With(environment), arguments);

    /// <summary>Starts what does not end by itself.</summary>
    internal static RunningCommand Start(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        new(Command.StartOf(Host, folder, With(environment), arguments));

    internal static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> environment)
    {
        var all = new Dictionary<string, string>(Always);
        foreach (var (name, value) in environment) all[name] = value;
        return all;
    }
}
