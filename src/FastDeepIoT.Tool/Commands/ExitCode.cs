namespace FastDeepIoT.Tool;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>Done, and every check passed.</summary>
    internal const int Done = 0;

    /// <summary>A check failed, such as a budget.</summary>
    internal const int CheckFailed = 1;

    /// <summary>Wrong usage or bad input.</summary>
    internal const int BadInput = 2;

    /// <summary>Stopped by the user, as shells report an interrupt.</summary>
    internal const int Cancelled = 130;
}
