using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.Profiling.Probes;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Tests;

public sealed class HeldOutTests
{
    private const double Predicted = 1000;
    private readonly SyntheticDevice _device = new(alignment: 1, block: 1);
    private readonly Random _random = new(1);

    [Fact]
    public void Neighbours_that_are_off_alike_have_hardly_an_error_of_their_own() => Assert.InRange(OwnError(shared: 0.2, own: 0.01), 0, 0.15);

    [Fact]
    public void Neighbours_that_are_off_each_in_its_own_way_have_nothing_in_common() => Assert.InRange(OwnError(shared: 0, own: 0.2), 0.85, 1);

    [Fact]
    public void Without_enough_twins_nothing_is_taken_to_be_in_common() => Assert.Equal(1, OwnError(shared: 0.2, own: 0.01, pairs: 20));

    // Errors are even on both sides of the prediction; each pair has one in common, and each layer one of its own.
    private double OwnError(double shared, double own, int pairs = 400)
    {
        var layer = _device.RandomConvolution(depthwise: false);
        var layers = Enumerable.Range(0, pairs).SelectMany(seed =>
        {
            var common = shared * Even();
            return new[] { seed, Probe.Twin(seed, 1) }.Select(network => Timed(network, layer, Predicted * Math.Exp(common + own * Even())));
        }).ToList();
        return HeldOut.Judge(_ => Model(layer), [Sample(layer)], layers).OwnErrorOfNeighbours;
    }

    private double Even() => 2 * _random.NextDouble() - 1;

    private static TimedLayer Timed(int network, Layer layer, double nanoseconds) => new(network, nanoseconds, layer, Placement.Plain, nanoseconds);

    private static NetworkSample Sample(Layer layer) => new()
    {
        Seed = 0,
        Network = new Network([new("x", [1, 3, 8, 8]), new("y", [1, 3, 8, 8])], [new("layer", "Conv", layer, [0], [1])], [1]),
        TotalNanoseconds = Predicted,
        Placements = [Placement.Plain],
        Nanoseconds = [Predicted],
        Changes = [],
    };

    private static DeviceModel Model(Layer layer) => new()
    {
        Name = "constant",
        Provenance = Machine.Describe(1),
        Kinds = new Dictionary<string, KindModel>
        {
            [layer.Kind] = new()
            {
                Kind = layer.Kind,
                Family = layer.Family,
                Plain = new Tree<Regression>(new Regression
                {
                    Terms = [new Term(null, [], Predicted)],
                    Samples = 1,
                    LowRatio = 0.9,
                    HighRatio = 1.1,
                    Minimum = layer.Values,
                    Maximum = layer.Values,
                }),
            },
        },
    };
}
