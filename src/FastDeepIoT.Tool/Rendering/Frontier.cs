namespace FastDeepIoT.Tool;

/// <summary>The trade-off between time and accuracy, in the form that the name of the file asks for.</summary>
internal static class Frontier
{
    /// <summary>The text of the file.</summary>
    internal static string Of(OptimizedModel model, string file) =>
        Path.GetExtension(file) == ".html" ? FrontierPage.Of(model) : FrontierJson.Of(model);
}
