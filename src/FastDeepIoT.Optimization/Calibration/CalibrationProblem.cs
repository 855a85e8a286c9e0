using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>What is wrong with calibration data, in the words of FDI3016.</summary>
internal static class CalibrationProblem
{
    /// <summary>Larger arrays are refused before memory is taken for them.</summary>
    internal const int LargestArrayBytes = 1 << 30;

    /// <summary>FDI3016: what was found, and what to do or what was expected.</summary>
    internal static InputException Of(string path, string found, string expected, Exception? cause = null) =>
        new(DiagnosticCode.CalibrationUnusable, $"Calibration data cannot be used: {found}; {expected}.", path, cause);
}
