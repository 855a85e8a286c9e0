using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Compression;

public sealed class SiteTailTests
{
    [Theory]
    [InlineData("Relu", 0, double.PositiveInfinity)]
    [InlineData("Clip", 0, 6)]
    [InlineData("Sigmoid", double.NegativeInfinity, double.PositiveInfinity)]
    public void Outputs_are_followed_through_a_sum_to_an_activation(string activation, double low, double high)
    {
        var b = new ModelBuilder();
        var skip = b.Conv(b.Input(-1, 3, 6, 6), 3, 8);
        var sum = b.Node("Add", [skip, b.Conv(b.Node("Relu", [skip]), 8, 8)]);
        b.Output(b.Conv(b.Node(activation, activation == "Clip" ? [sum, b.Scalar(0), b.Scalar(6)] : [sum]), 8, 5));

        var tails = Tails(b.Model);

        Assert.Equal(new SiteTail(sum, skip, low, high), tails[1]);
        Assert.Equal((tails[0].Addend, tails[0].CutsOff), (null, false));
    }

    [Theory]
    [InlineData(-2, -1, -2)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 3, 3)]
    [InlineData(8, 7, 8)]
    [InlineData(5, 7, 6)]
    public void What_is_cut_off_may_stay(float now, float should, float wanted) => Assert.Equal(wanted, new SiteTail("x", null, 0, 6).Wanted(now, should));

    private static List<SiteTail> Tails(ModelProto model)
    {
        var groups = WidthGroups.Of(model);
        return ReaderSites.Of(groups).Select(site => SiteTail.Of(groups, site)).ToList();
    }
}
