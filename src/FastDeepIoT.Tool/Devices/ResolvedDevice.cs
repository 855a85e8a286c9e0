using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>The device model to work with, and what the user should know about the choice.</summary>
/// <param name="Model">The device model.</param>
/// <param name="StandsIn">True when the user named none.</param>
/// <param name="Findings">FDI3001 for a stand-in, FDI3006 for other conditions.</param>
internal sealed record ResolvedDevice(DeviceModel Model, bool StandsIn, IReadOnlyList<Finding> Findings);
