using System.Runtime.CompilerServices;

// One door to files for the whole house, and the tests that close it.
[assembly: InternalsVisibleTo("FastDeepIoT.Optimization")]
[assembly: InternalsVisibleTo("FastDeepIoT.Profiling")]
[assembly: InternalsVisibleTo("fastdeepiot")]
[assembly: InternalsVisibleTo("FastDeepIoT.Onnx.Tests")]
[assembly: InternalsVisibleTo("FastDeepIoT.Optimization.Tests")]
[assembly: InternalsVisibleTo("FastDeepIoT.Profiling.Tests")]
[assembly: InternalsVisibleTo("FastDeepIoT.Tool.Tests")]
[assembly: InternalsVisibleTo("FastDeepIoT.Tool.Saboteur")]
[assembly: InternalsVisibleTo("FastDeepIoT.Benchmarks")]
[assembly: InternalsVisibleTo("FastDeepIoT.Fuzz")]
[assembly: InternalsVisibleTo("FastDeepIoT.Fuzz.Tests")]
