using FastDeepIoT.Onnx;

namespace FastDeepIoT.Benchmarks;

/// <summary>Prints what the width groups of a model are, and what stands in the way of the fixed ones.</summary>
internal static class GroupListing
{
    internal static int Print(IEnumerable<string> models)
    {
        foreach (var model in models)
        {
            Console.WriteLine(model);
            foreach (var group in WidthGroups.Of(OnnxFile.Read(model), model).All) Console.WriteLine($"  {group.Width?.ToString() ?? "fixed"} {group}");
        }

        return 0;
    }
}
