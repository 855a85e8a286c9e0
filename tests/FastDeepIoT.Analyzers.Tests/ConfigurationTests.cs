using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace FastDeepIoT.Analyzers.Tests;

public sealed class ConfigurationTests
{
    private const string OnCliff = "Linear(64, {|FDI1001:63|});";
    private const string Accepted = "Linear(64, 63);";

    [Theory]
    [InlineData("fastdeepiot_cliff_threshold = 40%", OnCliff)]
    [InlineData("fastdeepiot_cliff_threshold = 50%", Accepted)]
    [InlineData("fastdeepiot_cliff_threshold = 0.5", Accepted)]
    [InlineData("fastdeepiot_cliff_threshold = much", OnCliff)]
    [InlineData("dotnet_diagnostic.FDI1001.severity = none", Accepted)]
    public Task Editorconfig_sets_threshold_and_severity(string setting, string expected) =>
        Check.Statements(expected).WithConfig("/0/.editorconfig", $"root = true\n[*.cs]\n{setting}\n").Run();

    [Theory]
    [InlineData("build_property.FastDeepIoTCliffThreshold = 50%", Accepted)]
    [InlineData("build_property.FastDeepIoTCliffThreshold =", OnCliff)]
    public Task MSBuild_property_sets_the_threshold(string setting, string expected) =>
        Check.Statements(expected).WithConfig("/.globalconfig", $"is_global = true\n{setting}\n").Run();

    [Fact]
    public Task Editorconfig_wins_over_the_property() => Check.Statements(OnCliff)
        .WithConfig("/.globalconfig", "is_global = true\nbuild_property.FastDeepIoTCliffThreshold = 50%\n")
        .WithConfig("/0/.editorconfig", "root = true\n[*.cs]\nfastdeepiot_cliff_threshold = 40%\n").Run();

    [Fact]
    public Task Marked_file_of_any_name_is_a_device_model() => Check.Code(Check.Method(OnCliff), devices: [])
        .WithFile("/0/marked.json", SyntheticDevice.Stepped.Text())
        .WithConfig("/.globalconfig", "is_global = true\n[/0/marked.json]\nbuild_metadata.AdditionalFiles.FastDeepIoTDeviceModel = true\n").Run();

    [Fact]
    public Task Unmarked_file_is_left_alone() =>
        Check.Code(Check.Method(Accepted), devices: []).WithFile("/0/other.json", "{").Run();

    [Fact]
    public Task Unreadable_device_model_is_reported_at_its_file_and_others_still_count() => Check.Statements(OnCliff)
        .WithFile("/0/broken.fastdeepiot.json", "{ \"format\": 1 }")
        .Expect(new DiagnosticResult("FDI1009", DiagnosticSeverity.Warning).WithSpan("/0/broken.fastdeepiot.json", 1, 1, 1, 1).WithMessage(
            "Not a readable device model: line 1: 'heldOut' is missing. Expected a file written by 'fastdeepiot profile' or 'fastdeepiot fit'."))
        .Run();

    [Fact]
    public Task Several_devices_give_one_message_about_the_worst() => Check.Code(
        Check.Method("Conv2d({|#0:63|}, 63, 3, groups: 63);"), Depthwise("mild", 1.5), Depthwise("bad", 5), Depthwise("flat", 1))
        .ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
            "Conv2d(63, 3×3, depthwise): predicted 4.92× slower than with 64 channels on 'bad' (±7%); 60 are 5.25× faster; also on 'mild'")
        .Run();

    [Fact]
    public Task Same_device_twice_is_one_device() => Check.Code(Check.Method("Linear(64, {|#0:63|});"))
        .WithFile("/0/copy.fastdeepiot.json", SyntheticDevice.Stepped.Text())
        .ExpectMessage("FDI1001", DiagnosticSeverity.Warning,
            "Linear(64 → 63): predicted 1.48× slower than with 64 output features on 'synthetic' (±5%); 56 are 1.69× faster")
        .Run();

    [Fact]
    public Task Fix_tells_the_effect_on_every_device() =>
        Check.Code(Check.Method(Chain("{|FDI1001:63|}", 63)), Dense("one", 1.5), Dense("two", 1))
        .FixedTo(Check.Method(Chain("64", 64)), "Change 63 to 64 in 2 places (predicted 32% faster on 'one', 2% slower on 'two')").Run();

    private static string Chain(string first, int second) =>
        $"Sequential(Linear(64, {first}), Linear({(second == 63 ? "{|FDI1001:63|}" : "64")}, 64));";

    private static DeviceModel Depthwise(string name, double slow) => SyntheticDevice.Device(name,
        [SyntheticDevice.Kind("DepthwiseConvolution2D", LayerFamily.Convolution,
            SyntheticDevice.Multiples(LayerFamily.Convolution, 4, slow, ["outputChannels"]))]);

    private static DeviceModel Dense(string name, double slow) => SyntheticDevice.Device(name,
        [SyntheticDevice.Kind("MatrixProduct", LayerFamily.Matrix, SyntheticDevice.Multiples(LayerFamily.Matrix, 8, slow, ["inner", "columns"]))]);
}
