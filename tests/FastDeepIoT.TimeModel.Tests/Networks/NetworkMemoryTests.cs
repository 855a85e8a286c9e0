namespace FastDeepIoT.TimeModel.Tests;

public sealed class NetworkMemoryTests
{
    private const int Elements = 1000;
    private const double Bytes = 4 * Elements;

    [Fact]
    public void A_chain_needs_two_tensors_at_a_time()
    {
        var memory = new NetworkMemory(Chain(Work, Work, Work));

        Assert.Equal(2 * Bytes, memory.Around(1).AliveBytes);
        Assert.Equal(2 * Bytes + (3 * Work.WeightBytes), memory.NetworkBytes);
    }

    [Fact]
    public void What_was_just_written_is_read_again_at_once()
    {
        var memory = new NetworkMemory(Chain(Work, Work, Work));

        Assert.Equal(Bytes, memory.Around(2).ReuseBytes);
    }

    [Fact]
    public void A_tensor_kept_for_later_has_grown_cold()
    {
        // The last layer reads what the first one wrote and the second one read.
        var chain = Chain(Work, Work, Work, Work);
        var joined = chain with { Layers = [.. chain.Layers.Take(3), chain.Layers[3] with { Inputs = [1] }] };

        Assert.True(new NetworkMemory(joined).Around(3).ReuseBytes > 3 * Bytes);
    }

    [Fact]
    public void An_output_takes_the_memory_that_was_freed_before()
    {
        var memory = new NetworkMemory(Chain(Work, Work, Work, Work));

        // Layer 2 writes where the input of layer 1 lay, which layer 1 read: since then weights and two tensors were touched.
        Assert.InRange(memory.Around(2).RoomBytes, Bytes, (3 * Bytes) + (2 * Work.WeightBytes));
    }

    [Fact]
    public void A_layer_that_visits_elements_writes_over_its_input() =>
        Assert.Equal(0, new NetworkMemory(Chain(Work, Example.Relu(Elements), Work)).Around(1).RoomBytes);

    [Fact]
    public void Tensors_without_end_do_not_take_time_without_end()
    {
        const int Many = 40_000;
        var layers = Enumerable.Range(0, Many).Select(index => new NetworkLayer($"n{index}", "Relu", Example.Relu(Elements), [0], [index + 1]));
        var join = new NetworkLayer("join", "Concat", null, [.. Enumerable.Range(1, Many)], [Many + 1]);
        var network = new Network([.. Enumerable.Range(0, Many + 2).Select(Tensor)], [.. layers, join], [Many + 1]);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        _ = new NetworkMemory(network).Around(Many);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    private static Layer Work => Example.Convolution(8, 8);

    private static Network Chain(params Layer[] layers) => new(
        [.. Enumerable.Range(0, layers.Length + 1).Select(Tensor)],
        [.. layers.Select((layer, index) => new NetworkLayer($"n{index}", layer.Kind, layer, [index], [index + 1]))],
        [layers.Length]);

    private static NetworkTensor Tensor(int index) => new($"t{index}", [1, Elements]);
}
