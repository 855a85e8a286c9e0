using FastDeepIoT.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class FreeCapacityTests
{
    [Fact]
    public Task Wider_layer_within_the_same_step_is_offered() => Blocked(Steps("{|FDI1002:57|}", "{|FDI1002:57|}")).Run();

    [Fact]
    public Task Message_and_fix_name_the_free_width() => Blocked(Steps("{|#0:57|}", "{|FDI1002:57|}"))
        .ExpectMessage("FDI1002", DiagnosticSeverity.Info,
            "Conv2d(3 → 57, 3×3): 64 output channels are predicted to cost no more than 57 on 'blocked'; 48 are 1.33× faster; "
            + "to change along: Conv2d(57 → 1, 3×3)")
        .FixedTo(Check.Method(Steps("64", "64")), "Change 57 to 64 in 2 places (predicted about as fast)").Run();

    [Theory]
    [InlineData("Conv2d(3, 57, 3);")]
    [InlineData("Sequential(Conv2d(3, 64, 3), Conv2d(64, 10, 3));")]
    [InlineData("Sequential(Conv2d(3, 63, 3), Conv2d(63, 10, 3));")]
    public Task Silent_where_the_width_is_not_free_to_choose_or_the_gain_is_small(string statements) => Blocked(statements).Run();

    private static string Steps(string first, string second) => $"Sequential(Conv2d(3, {first}, 3), Conv2d({second}, 1, 3));";

    private static Check<WidthCodeFix> Blocked(string statements) =>
        Check.Code(Check.Method(statements), SyntheticDevice.Blocked).WithFreeCapacity();
}
