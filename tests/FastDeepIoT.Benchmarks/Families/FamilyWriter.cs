using FastDeepIoT.Onnx;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Writes networks of many families that no part of the learning knows, half of them with arbitrary widths.</summary>
internal static class FamilyWriter
{
    internal static int Write(string folder, int seed)
    {
        Directory.CreateDirectory(folder);
        var broken = 0;
        foreach (var variant in Variant.Of(seed))
        {
            var model = variant.Model(seed);
            var complaints = NetworkCheck.Complaints(model);
            broken += complaints.Count > 0 ? 1 : 0;
            foreach (var complaint in complaints) Console.Error.WriteLine($"{variant.Name}: {complaint}");
            OnnxFile.Write(model, Path.Combine(folder, variant.Name + ".onnx"));
        }

        return broken == 0 ? 0 : 1;
    }
}
