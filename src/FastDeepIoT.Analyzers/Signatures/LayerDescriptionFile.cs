using System;
using System.Collections.Generic;
using System.Linq;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Analyzers;

/// <summary>Reads descriptions of other libraries' layers (docs/layer-descriptions.md).</summary>
internal static class LayerDescriptionFile
{
    private const int FormatVersion = 1;

    private static readonly Dictionary<string, LayerParameter> _parameters =
        Enum.GetValues(typeof(LayerParameter)).Cast<LayerParameter>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The descriptions in a text.</summary>
    /// <exception cref="InputException">FDI1008 when the text is no such file, or of another version.</exception>
    internal static IReadOnlyList<LayerDescription> Read(string text)
    {
        try
        {
            var root = JsonReader.Parse(text);
            if (root["format"].Integer != FormatVersion) throw root["format"].Wrong($"format {FormatVersion}");
            return [.. root["layers"].Items.Select(ReadLayer)];
        }
        catch (FormatException e)
        {
            throw new InputException(DiagnosticCode.AnalyzerFileUnreadable, $"Not a readable description of layers: {e.Message}.", cause: e);
        }
    }

    private static LayerDescription ReadLayer(JsonValue layer)
    {
        var kind = LayerReader.Find(layer["kind"].Text)
            ?? throw layer["kind"].Wrong("one of " + string.Join(", ", LayerReader.Kinds.Select(known => known.Name)));
        var parameters = layer["parameters"].Members.ToDictionary(member => ParameterOf(member.Key, kind, member.Value), member => ReadSource(member.Value));
        foreach (var required in kind.Required)
            if (!parameters.ContainsKey(required)) throw layer["parameters"].Wrong($"a member '{NameOf(required)}', which {kind.Name} needs");

        return new LayerDescription(layer["method"].Text, new LayerSignature(kind.Name, parameters));
    }

    private static LayerParameter ParameterOf(string name, LayerKind kind, JsonValue at)
    {
        var known = kind.Required.Concat(kind.Optional).ToList();
        return _parameters.TryGetValue(name, out var parameter) && known.Contains(parameter)
            ? parameter
            : throw at.Wrong($"one of {string.Join(", ", known.Select(NameOf))}, not '{name}'");
    }

    private static ParameterSource ReadSource(JsonValue value) =>
        value.IsText ? new(null, value.Text) : value.IsBoolean ? new(value.Boolean ? 1 : 0) : new(value.Integer);

    private static string NameOf(LayerParameter parameter) => parameter.ToString() is var name ? char.ToLowerInvariant(name[0]) + name.Substring(1) : "";
}
