using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FastDeepIoT.Profiling.Tests")]
[assembly: InternalsVisibleTo("FastDeepIoT.Benchmarks")]
