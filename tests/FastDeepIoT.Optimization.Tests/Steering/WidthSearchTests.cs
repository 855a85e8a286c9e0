using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Steering;

/// <summary>The search against trying all sizes of all groups, on devices whose steps are known.</summary>
public sealed class WidthSearchTests
{
    private static readonly Dictionary<string, DeviceModel> Devices = new()
    {
        ["multiples of 3"] = SyntheticDevice.Stepped(3, block: 7),
        ["multiples of 4"] = SyntheticDevice.Stepped(),
        ["multiples of 5"] = SyntheticDevice.Stepped(5, block: 2),
        ["both multiples of 4"] = SyntheticDevice.NeedsBoth(4),
        ["both multiples of 6"] = SyntheticDevice.NeedsBoth(6),
    };

    private static readonly Dictionary<string, Func<ModelProto>> Networks = new()
    {
        ["separable"] = () => Network((b, x) => b.Conv(b.Conv(b.Conv(x, 4, 7, kernel: 1), 7, 7, groups: 7), 7, 9, kernel: 1)),
        ["chain"] = () => Network((b, x) => b.Conv(b.Node("Relu", [b.Conv(b.Conv(x, 4, 7), 7, 10)]), 10, 9)),
        ["residual"] = () => Network((b, x) => b.Conv(x, 4, 7) is var wide ? b.Node("Add", [wide, b.Conv(b.Conv(wide, 7, 5), 5, 7)]) : "", last: 7),
        ["concat"] = () => Network((b, x) => b.Node("Concat", [b.Conv(x, 4, 5), b.Conv(x, 4, 6)], ("axis", 1L)), last: 11),
        ["inverted residual"] = () => Network((b, x) => b.Conv(x, 4, 5, kernel: 1) is var narrow
            ? b.Node("Add", [narrow, b.Conv(b.Conv(b.Conv(narrow, 5, 13, kernel: 1), 13, 13, groups: 13), 13, 5, kernel: 1)]) : "", last: 5),
    };

    public static TheoryData<string, string> NetworksOnDevices
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var network in Networks.Keys)
                foreach (var device in Devices.Keys)
                    data.Add(network, device);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NetworksOnDevices))]
    public void What_is_found_is_as_fast_as_the_best_of_all_sizes(string network, string device)
    {
        var model = Networks[network]();
        var groups = WidthGroups.Of(model);
        var widths = new RuntimeWidths(groups, RuntimeGraph.Of(model));
        var estimate = new WidthEstimate(widths, groups.Open, Devices[device]);
        var original = groups.Open.Select(group => group.Size).ToArray();
        var least = All(original).Min(sizes => Time(estimate, sizes));
        var options = new SteeringOptions { SmallestGain = 0, SmallestGroupGain = 0, LargestGrowth = 10 };

        var found = new WidthSearch(estimate, Devices[device], new WeightMemory(groups), options).Run(null, TestContext.Current.CancellationToken);

        Assert.InRange(Time(estimate, found), least, least * 1.01);
    }

    private static double Time(WidthEstimate estimate, IReadOnlyList<long> sizes)
    {
        estimate.Set(sizes);
        return estimate.Prediction.Time.Nanoseconds;
    }

    private static IEnumerable<long[]> All(long[] original) => original.Aggregate((IEnumerable<long[]>)[[]], (choices, size) =>
        choices.SelectMany(choice => Enumerable.Range(0, (int)size + 1).Select(more => (long[])[.. choice, size + more])));

    private static ModelProto Network(Func<ModelBuilder, string, string> body, long last = 9)
    {
        var b = new ModelBuilder();
        return b.Output(b.Conv(body(b, b.Input(1, 4, 8, 8)), last, 8));
    }
}
