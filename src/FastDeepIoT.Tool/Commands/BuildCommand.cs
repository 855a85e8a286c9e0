using System.CommandLine;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot build</c>: what the MSBuild package calls (docs/build-protocol.md). Not for people.</summary>
internal static class BuildCommand
{
    internal static Command Create()
    {
        var request = new Argument<string>("request") { Description = "The request of the MSBuild package." };
        var command = new Command("build", "Work on the models of a build.") { request };
        command.Hidden = true;
        command.SetWork((parse, cancellation) =>
        {
            var asked = BuildRequest.Read(parse.GetRequiredValue(request));
            var cache = CacheFolder.Resolve(asked.Cache) is { } folder ? new ResultCache(folder) : null;
            var build = new ModelBuild(asked.Project, cache);
            var models = asked.Models.AsParallel().AsOrdered().WithCancellation(cancellation);
            foreach (var line in models.Select(model => build.Build(model, cancellation))) Output.Result(line + "\n");
            cache?.Trim();
            if (cache?.Problem is { } problem) Output.Findings([problem]);
            return ExitCode.Done;
        });
        return command;
    }
}
