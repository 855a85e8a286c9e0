using System.Runtime.InteropServices;

namespace FastDeepIoT.Profiling.Measuring;

/// <summary>
/// Keeps the measuring thread on one processor, and moves it to another when told. On a shared machine one processor may be disturbed for
/// seconds by a neighbour of whom the operating system knows nothing, while the next one is quiet. Where threads cannot be bound to a
/// processor (macOS), there is only one place to be.
/// </summary>
internal sealed class MeasuringThread : IDisposable
{
    private readonly Affinity? _affinity;
    private readonly IReadOnlyList<int> _processors;
    private int _at;

    /// <summary>Binds the calling thread, which must be the one that measures, unless several threads share the work.</summary>
    internal MeasuringThread(bool alone)
    {
        _affinity = alone ? Affinity.OfCurrentThread() : null;
        _processors = _affinity?.Processors ?? [];
        if (_processors.Count > 0) _affinity!.Bind(_processors[0]);
    }

    /// <summary>How many processors there are to choose from.</summary>
    internal int Places => Math.Max(1, _processors.Count);

    /// <summary>Goes to the next processor, after the last to the first.</summary>
    internal void Move()
    {
        if (_processors.Count > 1) _affinity!.Bind(_processors[_at = (_at + 1) % _processors.Count]);
    }

    /// <summary>Lets the thread run anywhere it was allowed to.</summary>
    public void Dispose() => _affinity?.Release();

    /// <summary>On which processors a thread may run, as the operating system keeps it.</summary>
    private abstract class Affinity
    {
        internal abstract IReadOnlyList<int> Processors { get; }

        internal abstract void Bind(int processor);

        internal abstract void Release();

        internal static Affinity? OfCurrentThread() =>
            OperatingSystem.IsLinux() ? LinuxAffinity.Read() : OperatingSystem.IsWindows() ? WindowsAffinity.Read() : null;
    }

    private sealed class LinuxAffinity(byte[] allowed) : Affinity
    {
        private const int MaskBytes = 128;

        internal override IReadOnlyList<int> Processors { get; } =
            Enumerable.Range(0, MaskBytes * 8).Where(bit => (allowed[bit / 8] >> (bit % 8) & 1) == 1).ToList();

        internal static LinuxAffinity? Read()
        {
            var mask = new byte[MaskBytes];
            return sched_getaffinity(0, MaskBytes, mask) >= 0 ? new LinuxAffinity(mask) : null;
        }

        internal override void Bind(int processor)
        {
            var mask = new byte[MaskBytes];
            mask[processor / 8] = (byte)(1 << (processor % 8));
            _ = sched_setaffinity(0, MaskBytes, mask);
        }

        internal override void Release() => _ = sched_setaffinity(0, MaskBytes, allowed);

#pragma warning disable IDE1006, CA2101, SYSLIB1054 // names as the C library has them; masks are plain bytes
        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int sched_getaffinity(int thread, nint bytes, byte[] mask);

        [DllImport("libc", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int sched_setaffinity(int thread, nint bytes, byte[] mask);
#pragma warning restore IDE1006, CA2101, SYSLIB1054
    }

    private sealed class WindowsAffinity(nuint allowed) : Affinity
    {
        internal override IReadOnlyList<int> Processors { get; } =
            Enumerable.Range(0, nuint.Size * 8).Where(bit => (allowed >> bit & 1) == 1).ToList();

        // There is no call that only reads a thread's mask: setting one returns the one before.
        internal static WindowsAffinity? Read()
        {
            if (SetThreadAffinityMask(GetCurrentThread(), 1) is not 0 and var allowed)
            {
                _ = SetThreadAffinityMask(GetCurrentThread(), allowed);
                return new WindowsAffinity(allowed);
            }

            return null;
        }

        internal override void Bind(int processor) => _ = SetThreadAffinityMask(GetCurrentThread(), (nuint)1 << processor);

        internal override void Release() => _ = SetThreadAffinityMask(GetCurrentThread(), allowed);

#pragma warning disable SYSLIB1054
        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern nint GetCurrentThread();

        [DllImport("kernel32.dll", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern nuint SetThreadAffinityMask(nint thread, nuint mask);
#pragma warning restore SYSLIB1054
    }
}
