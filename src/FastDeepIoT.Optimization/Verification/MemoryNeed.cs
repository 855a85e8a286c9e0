using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>Estimates what running a model takes in memory, before it is run: a few bytes of a shape can ask for more than there is.</summary>
internal static class MemoryNeed
{
    // Original, rewritten model and one more to measure noise by, each as a message, as bytes and in the runtime.
    private const int Copies = 9;

    // What is computed, and as much again for what the runtime's operators need beside it.
    private const int Sessions = 2;

    // Outputs are compared as numbers of 64 bits: both models', those of a repeated or noisy run, their magnitudes and differences.
    private const int BytesPerOutput = 8 * sizeof(double);

    /// <summary>Why there is not enough memory to compare a model with another; null when there is, or nobody can say.</summary>
    /// <param name="model">The model.</param>
    /// <param name="graph">Its graph with the shapes it is run at; null when nobody can say.</param>
    /// <param name="options">How much there may be.</param>
    /// <param name="bytes">What it takes in all.</param>
    internal static string? Problem(ModelProto model, ModelGraph? graph, VerificationOptions options, out double bytes)
    {
        var beside = ExternalData.WeightBytes(model) - ExternalData.EmbeddedBytes(model);
        var (peak, outputs) = graph is null ? default : Of(graph.Graph, graph.Shapes);
        var running = Sessions * peak + BytesPerOutput * outputs;
        bytes = running + Sessions * (double)beside + Copies * (double)model.CalculateSize();
        if (running > options.MostBytes) return Sentence(running, options.MostBytes);
        return bytes > Available(options) ? Sentence(bytes, Available(options)) : null;
    }

    /// <summary>What all comparisons of this process may take together.</summary>
    internal static double Available(VerificationOptions options) => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * options.MemoryShare;

    private static string Sentence(double need, double available) => FormattableString.Invariant(
        $"running both models would take about {need / 1e9:0.0} GB of memory, and {available / 1e9:0.0} GB may be used here");

    // The most bytes that tensors take at once when a model is run node for node, and how many elements come out.
    private static (double PeakBytes, double Outputs) Of(GraphProto graph, TensorShapes shapes)
    {
        double Count(string name) => shapes.Find(name)?.Shape.Aggregate(1.0, (product, size) => product * size) ?? 0;
        return (Peak(graph, name => Count(name) * (shapes.Find(name)?.ElementBytes ?? 0)), graph.Output.Sum(output => Count(output.Name)));
    }

    private static double Peak(GraphProto graph, Func<string, double> bytesOf)
    {
        var lastRead = new Dictionary<string, int>();
        for (var node = 0; node < graph.Node.Count; node++)
            foreach (var name in graph.Node[node].Input) lastRead[name] = node;

        var outputs = graph.Output.Select(output => output.Name).ToHashSet();
        double live = graph.Input.Sum(input => bytesOf(input.Name)), peak = live;
        for (var node = 0; node < graph.Node.Count; node++)
        {
            live += graph.Node[node].Output.Sum(bytesOf);
            peak = Math.Max(peak, live);
            live -= graph.Node[node].Input.Distinct().Where(name => lastRead[name] == node && !outputs.Contains(name)).Sum(bytesOf);
        }

        return peak;
    }
}
