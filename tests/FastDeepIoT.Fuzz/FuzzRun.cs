using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Fuzz;

/// <summary>What went wrong with which input.</summary>
internal sealed record FuzzFailure(int Input, string What);

/// <summary>
/// Feeds one target. The same seed gives the same inputs, each by its number alone. Anything but a coded error is a failure, and so are
/// more than ten seconds of processor time (the machine may be busy; who waits for ever is ended by who started the process), more memory than
/// ten times the input, and any file touched outside.
/// </summary>
internal sealed class FuzzRun(Func<string, FuzzTarget> make, int seed, FuzzFolder folder)
{
    private const int MemoryPerByte = 10, InputsPerTrace = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // One mistake shows in many inputs; its first is enough.
    private readonly HashSet<string> _known = [];
    private readonly FuzzTarget _target = make(folder.Path);

    internal List<(FuzzFailure Failure, byte[] Input)> Failures { get; } = [];

    internal int Inputs { get; private set; }

    internal int Accepted { get; private set; }

    internal int Refused { get; private set; }

    internal TimeSpan Longest { get; private set; }

    internal long MostBytes { get; private set; }

    /// <summary>The input of a number.</summary>
    internal byte[] Make(int number) => _target.Mutate(new Random(unchecked((seed * 1_000_003) + number)));

    /// <summary>What all inputs took.</summary>
    internal TimeSpan Spent { get; private set; }

    /// <summary>Feeds one input.</summary>
    internal void One(int number) => One(number, Make(number));

    /// <summary>Feeds an input from elsewhere.</summary>
    internal void One(int number, byte[] input)
    {
        Inputs++;
        var (start, before) = (Environment.CpuUsage.TotalTime, _target.IsNative ? ResidentMemory.Restart() : GC.GetAllocatedBytesForCurrentThread());
        Disk.Watch = folder.Guard;
        try
        {
            _target.Read(input);
            Accepted++;
        }
        catch (InputException e)
        {
            Refused++;
            if (e.Finding.Code == DiagnosticCode.Internal) Fail(number, input, "internal", e.ToString());
        }
        catch (Exception e)
        {
            Fail(number, input, Place(e), e.ToString());
        }

        Disk.Watch = null;
        Judge(number, input, Environment.CpuUsage.TotalTime - start, (_target.IsNative ? ResidentMemory.Peak() : GC.GetAllocatedBytesForCurrentThread()) - before);
    }

    private void Judge(int number, byte[] input, TimeSpan took, long bytes)
    {
        Spent += took;
        if (took > Longest) Longest = took;
        if (bytes > MostBytes) MostBytes = bytes;
        if (took > Patience) Fail(number, input, "slow", $"took {took}");
        if (bytes > _target.AlwaysAllowedBytes + (MemoryPerByte * (long)input.Length)) Fail(number, input, "large", $"took {bytes} bytes of memory for {input.Length}");
        if (Inputs % InputsPerTrace == 0 && folder.Trace() is { } trace) Fail(number, input, trace, trace);
    }

    private void Fail(int number, byte[] input, string place, string what)
    {
        if (_known.Add(place)) Failures.Add((new FuzzFailure(number, what), input));
    }

    private static string Place(Exception e) =>
        e.GetType().Name + e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("FastDeepIoT", StringComparison.Ordinal));
}
