using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool.Tests;

public sealed class DeviceFitTests
{
    private static readonly HostMachine Machine = new("X64", ["Avx2", "Sse42"]);

    [Fact]
    public void Architecture_counts_most() => Assert.Equal("same",
        Best(null, Device("other", "Arm64", ["Avx2", "Sse42"], 1), Device("same", "X64", [], 2)));

    [Fact]
    public void Then_instruction_sets() => Assert.Equal("near",
        Best(1, Device("far", "X64", ["Avx2", "Avx512F", "Amx", "Sse42"], 1), Device("near", "X64", ["Avx2", "Sse42"], 4)));

    [Fact]
    public void Then_threads_of_which_one_is_the_default()
    {
        DeviceModel[] devices = [Device("two", "X64", ["Avx2"], 2), Device("one", "X64", ["Avx2"], 1)];

        Assert.Equal("one", Best(null, devices));
        Assert.Equal("two", Best(2, devices));
        Assert.Equal("two", Best(4, devices));
    }

    [Fact]
    public void Then_the_name_so_that_the_choice_is_always_the_same() =>
        Assert.Equal("a", Best(null, Device("b", "X64", [], 1), Device("a", "X64", [], 1)));

    [Fact]
    public void Without_any_there_is_none() => Assert.Null(DeviceFit.Best([], Machine, null));

    [Fact]
    public void This_machine_names_its_instruction_sets_the_same_each_time()
    {
        Assert.NotEmpty(HostMachine.This.InstructionSets);
        Assert.Equal(HostMachine.This.InstructionSets.Distinct().Order(StringComparer.Ordinal), HostMachine.This.InstructionSets);
    }

    private static string? Best(int? threads, params DeviceModel[] devices) => DeviceFit.Best(devices, Machine, threads)?.Name;

    private static DeviceModel Device(string name, string architecture, string[] sets, int threads)
    {
        var device = TestDevices.Steps(name, threads);
        return device with { Provenance = device.Provenance with { Architecture = architecture, InstructionSets = sets } };
    }
}
