using Microsoft.CodeAnalysis;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class WidthOnCliffTests
{
    [Theory]
    [InlineData("Conv2d(64, {|FDI1001:63|}, 3);")]
    [InlineData("Conv2d({|FDI1001:63|}, 64, 3);")]
    [InlineData("Conv2d({|FDI1001:63|}, {|FDI1001:63|}, 3);")]
    [InlineData("Conv2d({|FDI1001:63|}, 63, 3, groups: 63);")]
    [InlineData("Conv2d(kernel_size: 3, out_channels: {|FDI1001:63|}, in_channels: 64);")]
    [InlineData("Conv2d(64, {|FDI1001:63|}, (3, 1), padding: (1, 0));")]
    [InlineData("Conv2d(64, {|FDI1001:63|}, 3, Padding.Same);")]
    [InlineData("Conv2d(64, {|FDI1001:63|}, (3, 3), Padding.Valid, stride: (2, 2));")]
    [InlineData("Conv1d(64, {|FDI1001:63|}, 3, padding: 1);")]
    [InlineData("Conv3d(64, {|FDI1001:63|}, (1, 3, 3));")]
    [InlineData("ConvTranspose2d(64, {|FDI1001:63|}, 2, stride: 2);")]
    [InlineData("Linear({|FDI1001:63|}, 64);")]
    [InlineData("Bilinear({|FDI1001:63|}, 64, 8);")]
    [InlineData("Bilinear(hasBias: false, out_features: 8, in2_features: 64, in1_features: {|FDI1001:63|});")]
    [InlineData("Linear(64, outputSize: {|FDI1001:63|}, hasBias: false);")]
    [InlineData("torch.nn.Linear(64, {|FDI1001:63|});")]
    [InlineData("TorchSharp.torch.nn.Linear(64, {|FDI1001:63|});")]
    public Task Width_on_cliff_is_reported_where_it_is_written(string statement) => Check.Statements(statement).Run();

    [Theory]
    [InlineData("const int w = 63; Linear(64, {|FDI1001:w|});")]
    [InlineData("const int w = 64; Linear(64, {|FDI1001:w - 1|});")]
    [InlineData("const int w = 21; Linear(64, {|FDI1001:3 * w|});")]
    [InlineData("var w = 63; Linear(64, {|FDI1001:w|});")]
    [InlineData("int a = 64, w = a - 1; Linear(64, {|FDI1001:w|});")]
    [InlineData("Linear(64, {|FDI1001:_readonly|});")]
    [InlineData("Linear(64, {|FDI1001:_static + 1|});")]
    [InlineData("Linear(64, {|FDI1001:(long)Other.Width|});")]
    public Task Numbers_that_are_sure_are_followed_to_their_value(string statement) => Check.Code(
        Check.Method(statement).Replace("class Some\n{", "static class Other { public const short Width = 63; }\nclass Some\n{\n    private readonly int _readonly = 63;\n    private static readonly long _static = 62;"))
        .Run();

    [Theory]
    [InlineData("Linear(64, {|FDI1001:Config.Hidden|});", "public static readonly int Hidden = 63;")]
    [InlineData("Linear(64, {|FDI1001:Config.Hidden + 1|});", "public const int Hidden = 2 * 30 + 2;")]
    [InlineData("Linear(64, Config.Hidden);", "public static readonly int Hidden = Read(); static int Read() => 63;")]
    [InlineData("Linear(64, Config.Hidden);", "public static readonly int Hidden = 63; static Config() { Hidden = 64; }")]
    [InlineData("Linear(64, Config.Hidden);", "public static int Hidden = 63;")]
    public Task Numbers_of_other_files_are_sure_where_they_are_literals(string statement, string members) =>
        Check.Statements(statement).WithSource($"static class Config {{ {members} }}").Run();

    [Theory]
    [InlineData("int[] w = { 64, 63 }; Linear(w[0], {|FDI1001:w[1]|});")]
    [InlineData("int[] w = [64, 63]; for (var i = 0; i < w.Length; i++) Linear(w[0], w[i]); foreach (var x in w) Linear(w[0], {|FDI1001:w[2 - 1]|});")]
    [InlineData("int[] w = { 64, 63 }; w[1] = 64; Linear(w[0], w[1]);")]
    [InlineData("int[] w = { 64, 63 }; System.Array.Sort(w); Linear(w[0], w[1]);")]
    [InlineData("int[] w = { 64, 63 }; var same = w; same[1] = 64; Linear(w[0], w[1]);")]
    [InlineData("int[] w = { 64, 63 }; Linear(w[0], w[2]); Linear(w[0], w[^3]); Linear(w[0], {|FDI1001:w[^1]|});")]
    [InlineData("int[] rest = { 63 }; int[] w = [.. rest, 64, 63]; Linear(w[0], w[1]);")]
    public Task Elements_of_arrays_are_sure_that_are_only_read(string statement) => Check.Statements(statement).Run();

    [Theory]
    [InlineData("Linear(64, unknown);")]
    [InlineData("Linear(unknown, 63);")]
    [InlineData("Conv2d(64, 63, unknown);")]
    [InlineData("Conv2d(64, 63, 3, stride: unknown);")]
    [InlineData("Conv2d(64, 63, 3, padding_mode: PaddingModes.Reflect);")]
    [InlineData("Conv2d(64, 63, 3, groups: unknown);")]
    [InlineData("var w = 63; w++; Linear(64, w);")]
    [InlineData("var w = 63; if (unknown > 1) w = 64; Linear(64, w);")]
    [InlineData("Linear(64, _changed);")]
    [InlineData("Linear(64, _field);")]
    [InlineData("Bilinear(63, unknown, 63);")]
    [InlineData("Embedding(1000, 63);")]
    public Task Silent_where_a_dimension_is_unknown(string statement) => Check.Code(
        Check.Method(statement).Replace("class Some\n{", "class Some\n{\n    private readonly int _changed = 63;\n    private int _field = 63;\n    Some(int changed) => _changed = changed;"))
        .Run();

    [Theory]
    [InlineData("Conv2d(64, 64, 3);")]
    [InlineData("Conv2d(60, 60, 3, groups: 60);")]
    [InlineData("Conv2d(3, 64, 3);")]
    [InlineData("Linear(64, 128);")]
    [InlineData("Conv2d(64, 0, 3);")]
    [InlineData("Conv2d(63, 63, 3, groups: 2);")]
    [InlineData("Conv2d(64, 63, 0);")]
    [InlineData("Linear(64, -63);")]
    [InlineData("Linear(40000, 40001);")]
    public Task Silent_without_a_better_neighbour(string statement) => Check.Statements(statement).Run();

    [Fact]
    public Task Grouped_widths_are_compared_with_multiples_of_the_groups() =>
        Check.Statements("Conv2d({|#0:30|}, 32, 3, groups: 2);")
        .ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
            "Conv2d(30 → 32, 3×3, 2 groups): predicted 1.41× slower than with 32 input channels on 'synthetic' (±5%)")
        .Run();

    [Fact]
    public Task Message_names_layer_ratio_neighbour_device_and_certainty() => Check.Statements("Conv2d({|#0:63|}, 64, 3);")
        .ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
            "Conv2d(63 → 64, 3×3): predicted 1.48× slower than with 64 input channels on 'synthetic' (±5%); 56 are 1.69× faster")
        .Run();

    [Fact]
    public Task Depthwise_width_is_one_width() => Check.Statements("Conv2d({|#0:63|}, 63, 3, groups: 63);")
        .ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
            "Conv2d(63, 3×3, depthwise): predicted 4.92× slower than with 64 channels on 'synthetic' (±7%); 60 are 5.25× faster")
        .Run();

    [Fact]
    public Task Other_methods_of_the_same_name_are_not_layers() => Check.Code("""
        class Some
        {
            static object Conv2d(long a, long b, long c) => null;
            object layer = Conv2d(64, 63, 3);
        }
        """).Run();

    [Fact]
    public Task Generated_code_is_skipped() => Check.Code("// <auto-generated/>\n" + Check.Method("Linear(64, 63);")).Run();

    [Fact]
    public Task Silent_without_a_device_model() => Check.Code(Check.Method("Linear(64, 63);"), devices: []).Run();

    [Fact]
    public Task Silent_without_TorchSharp_even_about_broken_device_models() => Check.CodeWithoutTorchSharp("class Some;")
        .WithFile("/0/broken.fastdeepiot.json", "{").Run();
}
