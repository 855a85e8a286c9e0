using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>A graph with the shapes that its tensors have at the sizes it is to be run at.</summary>
internal static class SizedGraph
{
    /// <summary>Infers the shapes, unless they are known already; null when the runtime refuses the model, and who loads it next says why.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from.</param>
    /// <param name="options">Sizes of free dimensions, and shapes where they are known.</param>
    internal static ModelGraph? Of(ModelProto model, string? file, VerificationOptions options)
    {
        var shapes = options.Shapes;
        return shapes is not null && model.Graph.Input.Select(input => input.Name).Concat(model.Graph.Node.SelectMany(node => node.Output)).All(IsKnown)
            ? new ModelGraph(model, shapes)
            : Of(model, file, options.FreeDimensions);

        bool IsKnown(string name) => name.Length == 0 || (shapes.Find(name) is { } shape && shape.Shape.All(size => size >= 0));
    }

    private static ModelGraph? Of(ModelProto model, string? file, FreeDimensions dimensions)
    {
        var copy = new ModelProto { IrVersion = model.IrVersion, Graph = WithOwnInputs(model.Graph) };
        copy.OpsetImport.Add(model.OpsetImport);
        copy.Functions.Add(model.Functions);
        dimensions.Fix(copy);
        try
        {
            return new ModelGraph(copy, ShapeInference.Infer(copy, file));
        }
        catch (InputException e) when (!e.IsOfFiles)
        {
            return null;
        }
    }

    // Fixing dimensions writes into the declarations of inputs; nothing else needs a copy.
    private static GraphProto WithOwnInputs(GraphProto graph)
    {
        var copy = new GraphProto { Name = graph.Name };
        copy.Node.Add(graph.Node);
        copy.Initializer.Add(graph.Initializer);
        copy.Input.Add(graph.Input.Select(input => input.Clone()));
        copy.Output.Add(graph.Output);
        return copy;
    }
}
