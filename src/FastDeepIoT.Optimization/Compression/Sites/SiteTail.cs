using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Optimization;

/// <summary>
/// What becomes of a site's outputs before anything else reads them: another tensor may be added, as in a residual network, and an activation
/// may cut off what is below or above some value. Only what is left of an error there matters.
/// </summary>
/// <param name="Sum">The tensor to be right: the site's own output, or the sum with <paramref name="Addend"/>.</param>
/// <param name="Addend">The tensor that is added, computed before the site; null when none is.</param>
/// <param name="Low">Everything below becomes this; negative infinity when nothing is cut off.</param>
/// <param name="High">Everything above becomes this.</param>
internal sealed record SiteTail(string Sum, string? Addend, double Low, double High)
{
    /// <summary>Whether some outputs may be wrong without any harm.</summary>
    internal bool CutsOff => Low > double.NegativeInfinity || High < double.PositiveInfinity;

    /// <summary>Finds out what reads the first output of a site's node.</summary>
    internal static SiteTail Of(WidthGroups groups, ReaderSite site)
    {
        var tail = new SiteTail(site.Key, null, double.NegativeInfinity, double.PositiveInfinity);
        if (site.Source.OpType is "LSTM" or "GRU" or "RNN") return tail;

        var graph = groups.Graph;
        var reader = OnlyReader(graph, tail.Sum);
        if (reader?.OpType == "Add" && AddendOf(groups, site, reader) is { } addend)
        {
            tail = tail with { Sum = reader.Output[0], Addend = addend };
            reader = OnlyReader(graph, tail.Sum);
        }

        return reader?.OpType switch
        {
            "Relu" => tail with { Low = 0 },
            "Clip" => tail with { Low = Bound(graph, reader, 1, "min", double.NegativeInfinity), High = Bound(graph, reader, 2, "max", double.PositiveInfinity) },
            _ => tail,
        };
    }

    /// <summary>What a sum had best be, if it is now one number and should be another: where both are cut off to the same, it may stay.</summary>
    internal float Wanted(float now, float should) =>
        should <= Low ? Math.Min(now, (float)Low) : should >= High ? Math.Max(now, (float)High) : should;

    private static NodeProto? OnlyReader(ModelGraph graph, string tensor) =>
        graph.Graph.Output.All(output => output.Name != tensor) && graph.Readers(tensor) is [var reader] ? reader : null;

    // Something of the same shape that is known when the site is repaired.
    private static string? AddendOf(WidthGroups groups, ReaderSite site, NodeProto add)
    {
        var other = add.Input[0] == site.Key ? add.Input[1] : add.Input[0];
        if (other == site.Key || groups.Graph.Constant(other) is not null || groups.AxesOf(other) is not { } axes || groups.AxesOf(site.Key) is not { } own) return null;
        if (axes.Count != own.Count || axes.Zip(own).Any(pair => pair.First != pair.Second && !(pair.First is FixedExtent && pair.First.Size == pair.Second.Size))) return null;

        return IsEarlier(groups.Graph, other, site) ? other : null;
    }

    private static bool IsEarlier(ModelGraph graph, string tensor, ReaderSite site) => graph.Graph.Node.Take(site.Node).Any(node => node.Output.Contains(tensor));

    private static double Bound(ModelGraph graph, NodeProto clip, int input, string attribute, double otherwise)
    {
        if (clip.Input.Count <= input || clip.Input[input].Length == 0) return clip.NumberOf(attribute, (float)otherwise);
        return graph.Constant(clip.Input[input]) is { } constant && TensorValues.Numbers(constant) is [var value] ? value : otherwise;
    }
}
