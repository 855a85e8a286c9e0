namespace FastDeepIoT.Build.FakeTool;

/// <summary>Reads requests.</summary>
internal static class Request
{
    /// <summary>One dictionary a model; of a repeated key the last value counts.</summary>
    internal static List<Dictionary<string, string>> ModelsOf(IEnumerable<string> lines)
    {
        var models = new List<Dictionary<string, string>>();
        foreach (var parts in lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)))
        {
            if (parts[0] == "model") models.Add([]);
            if (models.Count > 0) models[^1][parts[0]] = parts[1];
        }

        return models;
    }
}
