using FastDeepIoT.Onnx;

namespace FastDeepIoT.Benchmarks;

/// <summary>Prints the nodes of a model with the axes of their outputs, written in widths.</summary>
internal static class GraphListing
{
    internal static int Print(string model)
    {
        var groups = WidthGroups.Of(OnnxFile.Read(model), model);
        foreach (var node in groups.Graph.Graph.Node)
        {
            string Axes(string name) => groups.AxesOf(name) is { } axes ? $"[{string.Join(", ", axes)}]" : "[unknown]";
            Console.WriteLine($"{node.OpType} {node.Name}: {string.Join(" ", node.Input.Where(name => name.Length > 0).Select(name => groups.OriginalOf(name) + Axes(name)))}"
                + $" -> {string.Join(" ", node.Output.Where(name => name.Length > 0).Select(name => name + Axes(name)))}");
        }

        return 0;
    }
}
