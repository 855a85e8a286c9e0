using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>
/// Held while this process measures, so that another one on the machine notices: two that measure at once disturb each other, and both believe
/// the machine was quiet.
/// </summary>
internal sealed class MeasuringLock : IDisposable
{
    private readonly FileStream? _held;

    private MeasuringLock(FileStream? held, bool isAlone) => (_held, IsAlone) = (held, isAlone);

    /// <summary>Whether nobody else was measuring when this began.</summary>
    internal bool IsAlone { get; }

    /// <summary>FDI3014 when somebody else is measuring.</summary>
    internal IEnumerable<Finding> Findings => IsAlone ? [] :
    [
        new(DiagnosticCode.Disturbed, "Another fastdeepiot is measuring on this machine: both disturb each other. Wait until it has ended, and measure again."),
    ];

    /// <summary>Takes the lock, if nobody has it.</summary>
    /// <param name="folder">Where it lies; null for the folder for temporary files.</param>
    internal static MeasuringLock Take(string? folder = null)
    {
        var path = Path.Combine(folder ?? Path.GetTempPath(), "fastdeepiot-measuring");
        try
        {
            return new MeasuringLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose), isAlone: true);
        }
        catch (UnauthorizedAccessException)
        {
            return new MeasuringLock(null, isAlone: true); // of another user, or no place for it: nobody can say
        }
        catch (IOException)
        {
            return new MeasuringLock(null, isAlone: !File.Exists(path));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();
}
