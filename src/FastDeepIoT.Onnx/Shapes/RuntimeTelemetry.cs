using System.Runtime.InteropServices;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Official builds of ONNX Runtime collect events about models and machines, keep an id of the machine in the user's folder for caches and
/// send both to their maker, unless a variable of the environment says otherwise before the runtime starts (ONNX Runtime, Privacy.md).
/// Builds and measurements send nothing, leave nothing behind and have no uploader beside them.
/// </summary>
internal static class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private const string Off = "1";

    /// <summary>Switches it off for this process; without effect once the runtime has started.</summary>
    internal static void SwitchOff()
    {
        // For processes started by this one, and on Windows for the runtime too.
        Environment.SetEnvironmentVariable(Variable, Off);

        // Elsewhere the framework keeps its own copy of the environment, and native code reads another.
        if (!OperatingSystem.IsWindows()) _ = SetNative(Variable, Off, overwrite: 1);
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetNative([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
