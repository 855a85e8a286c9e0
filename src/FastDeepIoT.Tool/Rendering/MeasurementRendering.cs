namespace FastDeepIoT.Tool;

/// <summary>Measured models, for people and for programs.</summary>
internal static class MeasurementRendering
{
    /// <summary>A table.</summary>
    internal static string Text(IReadOnlyList<MeasuredModel> models)
    {
        var table = new TextTable(">median", ">fastest", ">runs", "model");
        foreach (var model in models)
            table.Add(Duration.Text(model.Time.MedianNanoseconds), Duration.Text(model.Time.MinimumNanoseconds),
                Number.Plain(model.Time.Runs), model.Path);
        return table.Text();
    }

    /// <summary>The document.</summary>
    internal static string Json(IReadOnlyList<MeasuredModel> models) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteObjects("models", models, (_, model) =>
        {
            json.WriteString("path", model.Path);
            json.WriteMilliseconds("medianMs", model.Time.MedianNanoseconds);
            json.WriteMilliseconds("minMs", model.Time.MinimumNanoseconds);
            json.WriteNumber("runs", model.Time.Runs);
        });
        json.WriteEndObject();
    });
}
