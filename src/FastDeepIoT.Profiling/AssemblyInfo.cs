using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("FastDeepIoT.Profiling.Tests")]
[assembly: InternalsVisibleTo("FastDeepIoT.Benchmarks")]
[assembly: InternalsVisibleTo("FastDeepIoT.Fuzz")]
[assembly: InternalsVisibleTo("FastDeepIoT.Fuzz.Tests")]
