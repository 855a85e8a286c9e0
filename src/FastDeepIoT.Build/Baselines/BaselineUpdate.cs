using System;
using System.IO;
using System.Threading;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Build.Baselines;

/// <summary>Changes a baseline file that projects built at the same time may share.</summary>
internal static class BaselineUpdate
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    /// <exception cref="InputException">FDI3009 when the file cannot be written, FDI3015 when what is there is no baseline.</exception>
    internal static void Apply(string file, Action<LatencyBaseline> change)
    {
        try
        {
            using var turn = WaitForTurn(file + ".lock");
            var baseline = File.Exists(file) ? LatencyBaseline.Read(file) : new LatencyBaseline(file);
            change(baseline);
            Replace(file, baseline.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(DiagnosticCode.CannotWrite, $"The latency baseline cannot be written: {e.Message}", file, e);
        }
    }

    private static FileStream WaitForTurn(string lockFile)
    {
        for (var until = DateTime.UtcNow + LongestWait; ; Thread.Sleep(BetweenTries))
            try
            {
                return new FileStream(lockFile, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (DateTime.UtcNow < until && Directory.Exists(Path.GetDirectoryName(lockFile)))
            {
                // another project of this build writes it now
            }
    }

    private static void Replace(string file, string text)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, text);
        if (File.Exists(file)) File.Replace(temporary, file, null);
        else File.Move(temporary, file);
    }
}
