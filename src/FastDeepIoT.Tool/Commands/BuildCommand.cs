using System.Collections.Concurrent;
using System.CommandLine;
using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool;

/// <summary><c>fastdeepiot build</c>: what the MSBuild package calls (docs/build-protocol.md). Not for people.</summary>
internal static class BuildCommand
{
    /// <summary>Tells the caller that every report which the compiler reads is written.</summary>
    private const string CompilerMayStart = "#compiler-may-start\n";

    internal static Command Create()
    {
        var request = new Argument<string>("request") { Description = "The request of the MSBuild package." };
        var command = new Command("build", "Work on the models of a build.") { request };
        command.Hidden = true;
        command.SetWork((parse, cancellation) => Run(parse.GetRequiredValue(request), cancellation));
        return command;
    }

    private static int Run(string request, CancellationToken cancellation)
    {
        var asked = BuildRequest.Read(request);
        using var alive = asked.HasLifeline ? Lifeline.Watch(cancellation) : CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var cache = CacheFolder.Resolve(asked.Cache) is { } folder ? new ResultCache(folder) : null;
        var build = new ModelBuild(asked.Project, cache);

        // The compiler reads at which sizes of free dimensions a model is slow, so it waits for such models, and only for them.
        var compilerReads = asked.Models.ToLookup(model => InputScan.HasFreeDimensions(model.Source));
        BuildAll(build, [.. compilerReads[true]], alive.Token);
        Output.Result(CompilerMayStart);
        BuildAll(build, [.. compilerReads[false]], alive.Token);

        cache?.Trim();
        if (cache?.Problem is { } problem) Output.Findings([problem]);
        return ExitCode.Done;
    }

    // Models differ in size by orders of magnitude, so each processor takes the next one when it is done with the last.
    private static void BuildAll(ModelBuild build, IReadOnlyList<BuildModel> models, CancellationToken cancellation)
    {
        var lines = new string[models.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        var inTurn = Partitioner.Create(Enumerable.Range(0, models.Count), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(inTurn, options, index => lines[index] = build.Build(models[index], cancellation));
        Output.Result(string.Concat(lines.Select(line => line + "\n")));
    }
}
