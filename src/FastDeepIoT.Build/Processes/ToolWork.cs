using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FastDeepIoT.Build.Requests;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Processes;

/// <summary>How the tool is started for a project, so that it can be started again for some of the models.</summary>
/// <param name="host">The <c>dotnet</c> that runs it.</param>
/// <param name="assembly">The tool's assembly.</param>
/// <param name="folder">The folder it runs in.</param>
/// <param name="requestDirectory">Where the request is written for as long as the tool runs.</param>
/// <param name="requests">Writes what is asked of it.</param>
internal sealed class ToolWork(string host, string assembly, string folder, string requestDirectory, RequestWriter requests)
{
    internal string Host { get; } = host;

    internal string Assembly { get; } = assembly;

    internal string Folder { get; } = folder;

    /// <summary>Starts the tool for some models.</summary>
    /// <exception cref="IOException">The request cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The request cannot be written.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such host, or it cannot be run.</exception>
    internal ToolRun Start(IReadOnlyList<ITaskItem> models)
    {
        // A name of its own, because two builds of one project may run at the same time.
        var request = Path.Combine(requestDirectory, $"request-{Guid.NewGuid():N}.rsp");
        Directory.CreateDirectory(requestDirectory);
        File.WriteAllText(request, string.Concat(requests.Lines(models).Select(line => line + "\n")));
        return ToolRun.Start(this, models, request);
    }
}
