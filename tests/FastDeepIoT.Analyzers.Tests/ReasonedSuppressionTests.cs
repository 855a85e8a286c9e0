using FastDeepIoT.Analyzers.CodeFixes;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class ReasonedSuppressionTests
{
    [Fact]
    public Task Suppression_writes_the_prediction_as_its_reason() => new Check<ReasonedSuppressionFix>(
        """
        using static TorchSharp.torch.nn;
        class Some
        {
            object layer =
                Linear(64, {|FDI1001:63|});
        }
        """, [SyntheticDevice.Stepped], torchSharp: true).FixedTo("""
        using static TorchSharp.torch.nn;
        class Some
        {
            object layer =
        #pragma warning disable FDI1001 // Linear(64 → 63): predicted 1.48× slower than with 64 output features on 'synthetic' (±5%); 56 are 1.69× faster
                Linear(64, 63);
        #pragma warning restore FDI1001
        }
        """, "Keep it and note the prediction as the reason").Run();
}
