using System.Collections.Generic;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Reports;

/// <summary>A model as it was delivered for one device, and how it did against its limits.</summary>
/// <param name="Model">The item.</param>
/// <param name="Report">What the tool found out.</param>
/// <param name="Budget">Its budget, or null.</param>
/// <param name="BaselineNanoseconds">Its time in the baseline, or null.</param>
/// <param name="Failures">FDI2001, FDI2002 and FDI2007.</param>
internal sealed record ModelVerdict(
    ITaskItem Model, BuildReport Report, LatencyLimit? Budget, double? BaselineNanoseconds, IReadOnlyList<Finding> Failures);
