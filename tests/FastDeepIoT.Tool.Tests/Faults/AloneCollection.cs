namespace FastDeepIoT.Tool.Tests.Faults;

/// <summary>Tests that redirect the console of this process: nothing runs beside them.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
