using FastDeepIoT.Onnx;

namespace FastDeepIoT.Tool;

/// <summary>What a build is told about a model, beside the model itself.</summary>
internal static class BuildFiles
{
    /// <summary>
    /// Writes the file for the analyzer, only when it differs, and then the report: with it, the model counts as done.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="report">The text of the report.</param>
    /// <param name="shapes">The text of the file for the analyzer; empty for none.</param>
    /// <exception cref="TimeModel.InputException">FDI3009 when one cannot be written.</exception>
    internal static void Write(BuildModel model, string report, string shapes)
    {
        if (shapes.Length == 0) Disk.TryDelete(model.ShapesFile);
        else if (shapes != Known(model.ShapesFile)) WholeFile.Write(model.ShapesFile, shapes);
        WholeFile.Write(model.Report, report);
    }

    private static string? Known(string path)
    {
        try
        {
            if (!Disk.HasFile(path)) return null;
            using var reader = new StreamReader(Disk.OpenRead(path));
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it is written anew
        }
    }
}
