namespace FastDeepIoT.TimeModel.Tests;

public sealed class DeviceModelTests
{
    private const double Positions = 16;
    private static readonly DeviceModel Device = Example.Device;

    [Fact]
    public void A_layer_is_timed_where_its_features_place_it()
    {
        var inside = Device.Predict(Example.Convolution(8, 24))!;
        var plain = Device.Predict(Example.Convolution(8, 23))!;

        Assert.Equal((Placement.Internal, Placement.Plain), (inside.Placement, plain.Placement));
        var special = (0.01 * Positions * (8 % 3) * 9 * 24) + (2 * 0.02 * 4 * Positions * 8);
        Assert.Equal(900 + 0.08 * Positions * 8 * 9 * 32 + special, inside.Time.Nanoseconds, 1e-6);
        Assert.Equal(1000 + 0.4 * Positions * 8 * 9 * 23, plain.Time.Nanoseconds, 1e-6);
    }

    [Fact]
    public void A_kind_nobody_measured_has_no_time() =>
        Assert.Null(Device.Predict(TimeModel.Layers.Recurrent("LSTM", 1, 1, 8, 8, 1)));

    [Fact]
    public void A_network_is_the_sum_of_its_layers_and_layout_changes()
    {
        var prediction = Device.Predict(Network(8, Example.Relu(128)));

        Assert.Equal([LayoutChange.ToInternal, "Convolution2D", "Relu", LayoutChange.ToPlain], prediction.Layers.Select(layer => layer.Kind));
        Assert.Equal(["x", "conv", "relu", "y"], prediction.Layers.Select(layer => layer.Name));
        Assert.Equal(Placement.Absorbed, prediction.Layers[2].Placement);
        Assert.Equal(0, prediction.Layers[2].Time.Nanoseconds);
        Assert.Equal(Device.RunOverheadNanoseconds + prediction.Layers.Sum(layer => layer.Time.Nanoseconds), prediction.Time.Nanoseconds, 1e-6);
        Assert.Empty(prediction.Unmodelled);
    }

    [Fact]
    public void What_is_not_known_is_named_once_and_never_counted()
    {
        var network = Network(8, layer: null);
        var twice = network with { Layers = [.. network.Layers, new NetworkLayer("again", "Relu", null, [2], [3])] };

        Assert.Equal(["Relu"], Device.Predict(twice).Unmodelled);
        Assert.DoesNotContain(Device.Predict(twice).Layers, layer => layer.Name is "relu" or "again");
    }

    [Fact]
    public void The_interval_is_at_least_what_whole_networks_showed()
    {
        var time = Device.Predict(Network(8, Example.Relu(128))).Time;

        Assert.True(time.LowNanoseconds <= time.Nanoseconds * Device.NetworkLowRatio);
        Assert.True(time.HighNanoseconds >= time.Nanoseconds * Device.NetworkHighRatio);
    }

    [Fact]
    public void A_layer_outside_what_was_seen_is_marked()
    {
        Assert.False(Device.Predict(Example.Convolution(8, 24))!.Extrapolates);
        Assert.True(Device.Predict(Example.Convolution(8, 240000))!.Extrapolates);
    }

    private static Network Network(long width, Layer? layer) => new(
        [new("x", [1, 3, 4, 4]), new("a", [1, width, 4, 4]), new("y", [1, width, 4, 4]), new("z", [1, width, 4, 4])],
        [new NetworkLayer("conv", "Conv", Example.Convolution(3, width), [0], [1]), new NetworkLayer("relu", "Relu", layer, [1], [2])],
        GraphOutputs: [2]);
}
