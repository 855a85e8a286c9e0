using System;

namespace Microsoft.Build.Framework;

/// <summary>
/// Keeps a task inside a multi-threaded build. MSBuild looks for this name only, so declaring it here needs no newer MSBuild than the one
/// that builds the user's project. The tasks deserve it: absolute paths, no static state, no environment.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
