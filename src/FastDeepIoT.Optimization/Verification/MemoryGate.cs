namespace FastDeepIoT.Optimization;

/// <summary>
/// Lets comparisons that run beside each other wait until there is memory for them: one process builds as many models at once as the machine
/// has processors.
/// </summary>
internal static class MemoryGate
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly Lock Key = new();
    private static double _taken;

    /// <summary>Waits until so much is free, or nothing is taken at all.</summary>
    /// <param name="bytes">What is needed.</param>
    /// <param name="available">What all may take together.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <returns>To be disposed when the memory is free again.</returns>
    internal static IDisposable Enter(double bytes, double available, CancellationToken cancellation)
    {
        while (!TryTake(bytes, available))
        {
            cancellation.WaitHandle.WaitOne(LookAgain);
            cancellation.ThrowIfCancellationRequested();
        }

        return new Place(bytes);
    }

    private static bool TryTake(double bytes, double available)
    {
        lock (Key)
        {
            if (_taken > 0 && _taken + bytes > available) return false;
            _taken += bytes;
            return true;
        }
    }

    private sealed class Place(double bytes) : IDisposable
    {
        private double _bytes = bytes;

        public void Dispose()
        {
            lock (Key)
            {
                _taken -= _bytes;
                _bytes = 0;
            }
        }
    }
}
