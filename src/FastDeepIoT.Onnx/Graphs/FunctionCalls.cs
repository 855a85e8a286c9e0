using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>
/// Calls of a model's own functions. The runtime lays each call out in place before it looks at anything, so that a few functions that call each other
/// twice become billions of nodes, and one that calls itself never ends.
/// </summary>
internal static class FunctionCalls
{
    private const int DeepestCall = 64;
    private const double MostNodes = 1 << 20;

    /// <summary>Refuses a model that would become too long, or whose functions call each other too deeply or in a circle.</summary>
    /// <exception cref="InputException">FDI3010.</exception>
    internal static void Check(ModelProto model, string? file)
    {
        if (model.Functions.Count == 0) return;

        var functions = model.Functions.ToLookup(function => (function.Domain, function.Name));
        var known = new Dictionary<(string, string), Extent>();
        if (Laid(model.Graph.Node, depth: 0).Nodes is var nodes && nodes > MostNodes)
            throw Refused(FormattableString.Invariant($"would have {nodes:0.0e+0} nodes with its functions laid out; {MostNodes:0.0e+0} are allowed"));

        Extent Laid(IEnumerable<NodeProto> graph, int depth) => graph.Aggregate(default(Extent), (sum, node) =>
            node.Subgraphs().Aggregate(sum.With(OfCall((node.Domain, node.OpType), depth)), (all, inner) => all.With(Laid(inner.Node, depth))));

        Extent OfCall((string, string) name, int depth)
        {
            if (!functions.Contains(name)) return new Extent(1, 0);
            if (!known.TryGetValue(name, out var extent))
            {
                // In a circle there is always one more to call.
                if (depth < DeepestCall) extent = functions[name].Aggregate(default(Extent), (sum, function) => sum.With(Laid(function.Node, depth + 1)));
                known[name] = extent = new Extent(extent.Nodes, extent.Calls + 1);
            }

            return depth + extent.Calls <= DeepestCall ? extent
                : throw Refused(FormattableString.Invariant($"has functions that call each other more than {DeepestCall} deep, or in a circle"));
        }

        InputException Refused(string what) => new(DiagnosticCode.RuntimeRefuses, $"The model {what}. Export it with its functions laid out.", file);
    }

    private readonly record struct Extent(double Nodes, int Calls)
    {
        internal Extent With(Extent other) => new(Nodes + other.Nodes, Math.Max(Calls, other.Calls));
    }
}
