using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Message,

    /// <summary>Works, but not as well as it could.</summary>
    Warning,

    /// <summary>The build, or the command, fails.</summary>
    Error,
}

/// <summary>
/// One row of the table of everything this project ever reports. The analyzer, the MSBuild task, the tool and the pages under
/// <c>docs/diagnostics</c> all read it.
/// </summary>
public sealed record DiagnosticCode(string Id, string Title, FindingSeverity Severity)
{
    /// <summary>A width falls on a cliff of the device model.</summary>
    public static DiagnosticCode WidthOnCliff { get; } = new("FDI1001", "Layer width falls on an execution-time cliff", FindingSeverity.Warning);

    /// <summary>A wider layer would cost no more.</summary>
    public static DiagnosticCode FreeCapacity { get; } = new("FDI1002", "Layer has free capacity", FindingSeverity.Message);

    /// <summary>Code feeds a model of the project an input of a size on a cliff of the device model.</summary>
    public static DiagnosticCode InputShapeOnCliff { get; } =
        new("FDI1003", "Input shape falls on an execution-time cliff of an ONNX model", FindingSeverity.Warning);

    /// <summary>A sequence of modules that code constructs is predicted to take longer than its budget.</summary>
    public static DiagnosticCode SequenceOverBudget { get; } = new("FDI1004", "Predicted time of a Sequential exceeds its budget", FindingSeverity.Warning);

    /// <summary>The width of a recurrent or attention layer falls on a cliff of the device model.</summary>
    public static DiagnosticCode RecurrentWidthOnCliff { get; } =
        new("FDI1005", "Recurrent or attention width falls on an execution-time cliff", FindingSeverity.Warning);

    /// <summary>Layer descriptions or shape times handed to the analyzer cannot be read.</summary>
    public static DiagnosticCode AnalyzerFileUnreadable { get; } = new("FDI1008", "File for the analyzer cannot be read", FindingSeverity.Warning);

    /// <summary>A device model handed to the analyzer cannot be read.</summary>
    public static DiagnosticCode AnalyzerDeviceModelUnreadable { get; } = new("FDI1009", "Device model cannot be read by the analyzer", FindingSeverity.Warning);

    /// <summary>Predicted time is over the budget.</summary>
    public static DiagnosticCode OverBudget { get; } = new("FDI2001", "Predicted latency exceeds the budget", FindingSeverity.Error);

    /// <summary>Predicted time has grown more than allowed since the baseline.</summary>
    public static DiagnosticCode Regression { get; } = new("FDI2002", "Predicted latency regressed against the baseline", FindingSeverity.Error);

    /// <summary>An operator has no time in the device model.</summary>
    public static DiagnosticCode Unmodelled { get; } = new("FDI2003", "Operator is not covered by the device model", FindingSeverity.Warning);

    /// <summary>A layer of a model file falls on a cliff and was left there.</summary>
    public static DiagnosticCode ModelOnCliff { get; } = new("FDI2004", "Model has layers on execution-time cliffs", FindingSeverity.Message);

    /// <summary>A rewrite changed the outputs and was undone.</summary>
    public static DiagnosticCode VerificationFailed { get; } = new("FDI2005", "Rewritten model does not compute the same outputs", FindingSeverity.Warning);

    /// <summary>Compression cannot keep what it was asked to keep.</summary>
    public static DiagnosticCode DropTooLarge { get; } = new("FDI2006", "Compressed model loses more accuracy than allowed", FindingSeverity.Error);

    /// <summary>The baseline has no time of a model, so that nothing tells whether it grew.</summary>
    public static DiagnosticCode NotInBaseline { get; } = new("FDI2007", "Model is not in the latency baseline", FindingSeverity.Warning);

    /// <summary>Weights so close to zero that processors compute with them slowly.</summary>
    public static DiagnosticCode DenormalWeights { get; } = new("FDI2010", "Model has denormal weights", FindingSeverity.Warning);

    /// <summary>Weights that are not numbers, or infinite.</summary>
    public static DiagnosticCode WeightsNotFinite { get; } = new("FDI2011", "Model has weights that are not finite numbers", FindingSeverity.Warning);

    /// <summary>Weights that no node reads.</summary>
    public static DiagnosticCode UnusedWeights { get; } = new("FDI2012", "Model has weights that nothing reads", FindingSeverity.Message);

    /// <summary>Layers whose shapes only running the model tells.</summary>
    public static DiagnosticCode RuntimeShapes { get; } = new("FDI2013", "Model has shapes that are known only when it runs", FindingSeverity.Message);

    /// <summary>Layers that the device runs in a slower way than it has for their kind.</summary>
    public static DiagnosticCode SlowPath { get; } = new("FDI2014", "Model has layers that the runtime runs in a slower way", FindingSeverity.Message);

    /// <summary>Weights that are declared as inputs, so that the runtime cannot rely on them.</summary>
    public static DiagnosticCode ReplaceableWeights { get; } = new("FDI2015", "Model lets callers replace its weights", FindingSeverity.Warning);

    /// <summary>A normalization that lists a bias without a name, at which the runtime ends the process.</summary>
    public static DiagnosticCode EmptyBias { get; } = new("FDI2016", "Model has a normalization that the runtime cannot load", FindingSeverity.Warning);

    /// <summary>No device was named, so a built-in model stands in.</summary>
    public static DiagnosticCode StandInDevice { get; } = new("FDI3001", "A built-in device model stands in for the target device", FindingSeverity.Message);

    /// <summary>A file is missing, or is a folder.</summary>
    public static DiagnosticCode FileNotFound { get; } = new("FDI3002", "File not found", FindingSeverity.Error);

    /// <summary>A file is not an ONNX model.</summary>
    public static DiagnosticCode NotOnnx { get; } = new("FDI3003", "File is not a readable ONNX model", FindingSeverity.Error);

    /// <summary>A device model file is broken.</summary>
    public static DiagnosticCode DeviceModelUnreadable { get; } = new("FDI3004", "Device model cannot be read", FindingSeverity.Error);

    /// <summary>A device model file has another format version.</summary>
    public static DiagnosticCode DeviceModelVersion { get; } = new("FDI3005", "Device model has another format version", FindingSeverity.Error);

    /// <summary>The device model was measured with another runtime version or number of threads.</summary>
    public static DiagnosticCode DeviceMismatch { get; } = new("FDI3006", "Device model was measured under other conditions", FindingSeverity.Warning);

    /// <summary>An option, item metadata or property has a value that means nothing.</summary>
    public static DiagnosticCode InvalidOption { get; } = new("FDI3007", "Option or metadata is not valid", FindingSeverity.Error);

    /// <summary>A free dimension was named that no model has, or had to be assumed.</summary>
    public static DiagnosticCode FreeDimension { get; } = new("FDI3008", "Free dimension assumed or unknown", FindingSeverity.Message);

    /// <summary>An output cannot be written.</summary>
    public static DiagnosticCode CannotWrite { get; } = new("FDI3009", "Output cannot be written", FindingSeverity.Error);

    /// <summary>The runtime refuses the model.</summary>
    public static DiagnosticCode RuntimeRefuses { get; } = new("FDI3010", "ONNX Runtime cannot load the model", FindingSeverity.Error);

    /// <summary>The runtime has no binary for this platform.</summary>
    public static DiagnosticCode RuntimeMissing { get; } = new("FDI3011", "ONNX Runtime is not available on this platform", FindingSeverity.Error);

    /// <summary>No device model of that name is built in, and no such file exists.</summary>
    public static DiagnosticCode UnknownDevice { get; } = new("FDI3012", "Unknown device", FindingSeverity.Error);

    /// <summary>Samples of an interrupted or another profile cannot be used.</summary>
    public static DiagnosticCode SamplesUnreadable { get; } = new("FDI3013", "Profile samples cannot be read", FindingSeverity.Error);

    /// <summary>The machine was busy while it was measured.</summary>
    public static DiagnosticCode Disturbed { get; } = new("FDI3014", "Measurement was disturbed by other load", FindingSeverity.Warning);

    /// <summary>A latency baseline file is broken.</summary>
    public static DiagnosticCode BaselineUnreadable { get; } = new("FDI3015", "Latency baseline cannot be read", FindingSeverity.Error);

    /// <summary>Calibration data are broken, or do not fit the model.</summary>
    public static DiagnosticCode CalibrationUnusable { get; } = new("FDI3016", "Calibration data cannot be used", FindingSeverity.Error);

    /// <summary>The tool works on without end, so a build ended it.</summary>
    public static DiagnosticCode ToolTimedOut { get; } = new("FDI3017", "Tool did not come to an end in time", FindingSeverity.Error);

    /// <summary>The tool's process ended without a word: a crash in native code, or somebody ended it; or it ran out of memory.</summary>
    public static DiagnosticCode ToolEnded { get; } = new("FDI3018", "Tool ended before its work was done", FindingSeverity.Error);

    /// <summary>The folder in which builds keep results cannot be read or written.</summary>
    public static DiagnosticCode CacheUnusable { get; } = new("FDI3020", "Cache of results cannot be used", FindingSeverity.Message);

    /// <summary>A mistake of ours.</summary>
    public static DiagnosticCode Internal { get; } = new("FDI9001", "Internal error", FindingSeverity.Error);

    /// <summary>The whole table, by id.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
    [
        WidthOnCliff, FreeCapacity, InputShapeOnCliff, SequenceOverBudget, RecurrentWidthOnCliff, AnalyzerFileUnreadable, AnalyzerDeviceModelUnreadable,
        OverBudget, Regression, Unmodelled, ModelOnCliff, VerificationFailed, DropTooLarge, NotInBaseline,
        DenormalWeights, WeightsNotFinite, UnusedWeights, RuntimeShapes, SlowPath, ReplaceableWeights, EmptyBias, StandInDevice,
        FileNotFound, NotOnnx, DeviceModelUnreadable, DeviceModelVersion, DeviceMismatch, InvalidOption, FreeDimension, CannotWrite,
        RuntimeRefuses, RuntimeMissing, UnknownDevice, SamplesUnreadable, Disturbed, BaselineUnreadable, CalibrationUnusable,
        ToolTimedOut, ToolEnded, CacheUnusable, Internal,
    ];

    /// <summary>The page that explains it.</summary>
    public string HelpLink => $"https://github.com/fastdeepiot/fastdeepiot-dotnet/blob/main/docs/diagnostics/{Id}.md";

    /// <summary>The row with that id, or null.</summary>
    public static DiagnosticCode? Find(string id) => All.FirstOrDefault(code => code.Id == id);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
