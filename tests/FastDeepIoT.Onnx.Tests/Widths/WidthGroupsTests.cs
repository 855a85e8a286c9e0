using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Widths;

public sealed class WidthGroupsTests
{
    public static TheoryData<string> Open => [.. OpenNetworks.All.Keys];

    public static TheoryData<string> Fixed => [.. FixedNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Open))]
    public void Finds_the_widths_that_can_change(string network)
    {
        var (make, open) = OpenNetworks.All[network];

        var groups = WidthGroups.Of(make());

        Assert.Equal(open, groups.Open.Select(group => group.Size));
    }

    [Theory]
    [MemberData(nameof(Fixed))]
    public void Tells_which_node_fixes_a_width(string network)
    {
        var (make, why) = FixedNetworks.All[network];

        var groups = WidthGroups.Of(make());

        Assert.DoesNotContain(groups.Open, group => group.Size is 5);
        Assert.Contains(groups.All, group => group.Size == 5 && group.Reason!.ToString().Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void Widths_of_other_kinds_of_the_model_do_not_become_groups()
    {
        var b = new ModelBuilder();
        var groups = WidthGroups.Of(b.Output(b.Conv(b.Input(1, 3, 8, 8), 3, 4, kernel: 5)));

        Assert.All(groups.All, group => Assert.Contains(group.Size, new long[] { 3, 4 }));
    }

    [Fact]
    public void The_analysis_leaves_the_model_as_it_is()
    {
        var model = OpenNetworks.All["shared bias"].Make();
        var before = model.ToByteArray();

        WidthGroups.Of(model);

        Assert.Equal(before, model.ToByteArray());
    }

    [Fact]
    public void A_group_prints_its_nodes_and_what_fixes_it()
    {
        var groups = WidthGroups.Of(FixedNetworks.All["softmax"].Make());

        var text = groups.All.Single(group => group.Size == 5).ToString();

        Assert.Contains("width 5 of Conv", text);
        Assert.Contains("Softmax normalizes over it", text);
    }

    [Fact]
    public void Nodes_out_of_running_order_fix_what_they_read()
    {
        var model = OpenNetworks.All["chain"].Make();
        var nodes = model.Graph.Node.Reverse().ToList();
        model.Graph.Node.Clear();
        model.Graph.Node.Add(nodes);

        var groups = WidthGroups.Of(model);

        Assert.Empty(groups.Open);
    }
}
