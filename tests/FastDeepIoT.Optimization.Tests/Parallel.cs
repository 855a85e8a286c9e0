using Xunit.Sdk;
using Xunit.v3;

// Tests of one class too: else the longest class would go on alone when all others are done.
[assembly: Parallelization(Mode = ParallelMode.All)]
