using FastDeepIoT.Analyzers;
using FastDeepIoT.TimeModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastDeepIoT.Benchmarks;

/// <summary>What the analyzer says about a layer.</summary>
/// <param name="Slow">The layer as it is constructed.</param>
/// <param name="Fast">The layer as it should be.</param>
/// <param name="Size">One of the input sizes the claim is about.</param>
/// <param name="Claim">How many times as long it is said to take.</param>
internal sealed record Warning(LayerShape Slow, LayerShape Fast, IReadOnlyList<long> Size, WidthComparison Claim)
{
    /// <summary>The warnings given for a file; the same claim is listed once.</summary>
    internal static IReadOnlyList<Warning> In(string code, DeviceModel device)
    {
        var tree = CSharpSyntaxTree.ParseText(code);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var file && (file.StartsWith("System.", StringComparison.Ordinal) || file is "TorchSharp.dll" or "netstandard.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("corpus", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var library = new LayerLibrary(TorchSharpTypes.Of(compilation), []);
        var model = compilation.GetSemanticModel(tree);
        var cliffs = new DeviceCliffs(device);
        var judge = new WidthJudge([cliffs], new CliffOptions());
        var warnings = from network in NetworkCode.In(tree.GetRoot(), library)
                       from layer in Analyzers.Network.Read(network, model, library, null, default).Layers
                       from node in layer.Nodes
                       where CompilationRules.IsJudged(node)
                       from verdict in judge.Judge(node)
                       let claim = verdict.Cliff.Wider
                       where claim is not null
                       select Of(node, claim, cliffs);
        return [.. warnings.OfType<Warning>().DistinctBy(warning => (warning.Slow.Key, warning.Fast.Key))];
    }

    // A size the device model has seen for both, picked by the layer's own numbers: any will do, but always the same.
    private static Warning? Of(WidthNode node, WidthComparison claim, DeviceCliffs device)
    {
        var (slow, fast) = (node.Layer.Shape, WidthJudge.ShapeAt(node.Layer, node.Group, claim.Width / node.Factor));
        var known = WidthJudge.DistinctSizes(node).Where(size => IsKnown(slow, size, device) && IsKnown(fast, size, device)).ToList();
        return known.Count == 0 ? null : new Warning(slow, fast, known[(int)(slow.Key.Sum(letter => (long)letter) % known.Count)], claim);
    }

    // Judged as part of a network that is at least as much as these layers, as the finder does.
    private static bool IsKnown(LayerShape shape, IReadOnlyList<long> size, DeviceCliffs device)
    {
        var (layers, network) = (shape.Layers(size, Activation.Rectify), device.Finder.Network);
        var load = new NetworkLoad(Math.Max(network.Bytes, layers.Sum(layer => layer.WeightBytes)), Math.Max(network.Macs, layers.Sum(layer => layer.Macs)));
        return layers.Count > 0 && layers.All(layer => device.Device.Predict(layer, load) is { Extrapolates: false });
    }
}
