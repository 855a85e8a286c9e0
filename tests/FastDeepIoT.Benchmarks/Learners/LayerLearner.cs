using FastDeepIoT.Profiling.Learning;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks.Learners;

/// <summary>A way to learn the times of one kind of layer in one layout.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Learn">From some layers, all of one family, to what a layer takes in nanoseconds.</param>
internal sealed record LayerLearner(string Name, Func<IReadOnlyList<TimedLayer>, Func<IReadOnlyList<TimedLayer>, IReadOnlyList<double>>> Learn)
{
    /// <summary>Ours, as <c>fit</c> does it.</summary>
    internal static LayerLearner Ours { get; } = new("ours", layers =>
    {
        var tree = new TimeTreeGrower(new SampleTable(layers[0].Layer.Family, layers)).Grow();
        return others => Each(others, layer => tree.Find([.. layer.Layer.Values]).Regression.Predict([.. layer.Layer.Values]).Nanoseconds);
    });

    /// <summary>A call, multiply-accumulates, bytes moved and bytes of weights, each at one price (non-negative, relative errors).</summary>
    internal static LayerLearner Linear { get; } = new("linear in MACs and bytes", layers =>
    {
        var normal = new NormalEquations(Amounts(layers[0]).Length);
        foreach (var layer in layers) normal.Add(Array.ConvertAll(Amounts(layer), amount => amount / Scale(layer)), layer.Nanoseconds / Scale(layer), 1);
        var prices = normal.Solve();
        return others => Each(others, layer => NormalEquations.Dot(Amounts(layer), prices));
    });

    // Relative errors, but not of a microsecond clock.
    private static double Scale(TimedLayer layer) => layer.Nanoseconds + 1000;

    private static double[] Amounts(TimedLayer layer) => [1, layer.Layer.Macs, layer.Layer.InputBytes + layer.Layer.OutputBytes, layer.Layer.WeightBytes];

    private static double[] Each(IReadOnlyList<TimedLayer> layers, Func<TimedLayer, double> predict) => [.. layers.Select(predict)];
}
