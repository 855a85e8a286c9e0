using System.Text.Json.Nodes;

namespace FastDeepIoT.BuildTrials;

/// <summary>Makes a device model large without changing what it says: leaves become questions with the same answer on both sides.</summary>
internal static class LargeDevice
{
    private static readonly string[] Trees = ["plain", "internal"];

    /// <summary>A text of about so many bytes.</summary>
    internal static string Of(string device, int bytes)
    {
        var root = JsonNode.Parse(device)!;
        for (var written = root.ToJsonString(); ;)
            foreach (var kind in root["kinds"]!.AsArray())
                foreach (var tree in Trees)
                {
                    if (kind![tree] is not JsonObject node) continue;
                    if (written.Length >= bytes) return written;
                    kind[tree] = Doubled(node);
                    written = root.ToJsonString();
                }
    }

    private static JsonObject Doubled(JsonObject node)
    {
        if (node["if"] is null)
        {
            var feature = node["seen"]!.AsObject().First().Key;
            return new JsonObject { ["if"] = feature, ["isAtMost"] = 1e9, ["then"] = node.DeepClone(), ["else"] = node.DeepClone() };
        }

        var copy = node.DeepClone().AsObject();
        copy["then"] = Doubled(node["then"]!.AsObject());
        copy["else"] = Doubled(node["else"]!.AsObject());
        return copy;
    }
}
