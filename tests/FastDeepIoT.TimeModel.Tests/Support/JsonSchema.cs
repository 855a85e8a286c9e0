using System.Text.Json;

namespace FastDeepIoT.TimeModel.Tests;

/// <summary>Checks a JSON value against the part of JSON Schema (2020-12) that our schemas use.</summary>
internal static class JsonSchema
{
    internal static IEnumerable<string> Problems(JsonElement root, JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
            foreach (var problem in Check(root, schema, keyword, value, path))
                yield return problem;
    }

    private static IEnumerable<string> Check(JsonElement root, JsonElement schema, JsonProperty keyword, JsonElement value, string path) => keyword.Name switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" => [],
        "$ref" => Problems(root, root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value, path),
        "type" => IsOfType(value, keyword.Value.GetString()!) ? [] : [$"{path} is no {keyword.Value}"],
        "const" => value.ToString() == keyword.Value.ToString() ? [] : [$"{path} is not {keyword.Value}"],
        "enum" => keyword.Value.EnumerateArray().Any(one => one.ToString() == value.ToString()) ? [] : [$"{path} is none of {keyword.Value}"],
        "minimum" => value.GetDouble() >= keyword.Value.GetDouble() ? [] : [$"{path} is less than {keyword.Value}"],
        "maximum" => value.GetDouble() <= keyword.Value.GetDouble() ? [] : [$"{path} is more than {keyword.Value}"],
        "required" => keyword.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} lacks {name}"),
        "properties" => keyword.Value.EnumerateObject().SelectMany(member =>
            value.TryGetProperty(member.Name, out var found) ? Problems(root, member.Value, found, $"{path}.{member.Name}") : []),
        "additionalProperties" => Others(schema, value).SelectMany(member => keyword.Value.ValueKind == JsonValueKind.False
            ? [$"{path} has {member.Name}"]
            : Problems(root, keyword.Value, member.Value, $"{path}.{member.Name}")),
        "items" => value.EnumerateArray().SelectMany((item, index) => Problems(root, keyword.Value, item, $"{path}[{index}]")),
        "oneOf" => keyword.Value.EnumerateArray().Count(one => !Problems(root, one, value, path).Any()) == 1 ? [] : [$"{path} does not match exactly one form"],
        _ => throw new NotSupportedException(keyword.Name),
    };

    private static IEnumerable<JsonProperty> Others(JsonElement schema, JsonElement value) => value.EnumerateObject()
        .Where(member => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(member.Name, out _));

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException(type),
    };
}
