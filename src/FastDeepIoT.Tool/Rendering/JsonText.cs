using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastDeepIoT.Tool;

/// <summary>Writes JSON results: indented, invariant, the same bytes for the same input.</summary>
internal static class JsonText
{
    // What we write is a JSON document, never part of an HTML page, so only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Style = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a document, with a line end.</summary>
    internal static string Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Style)) write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    /// <summary>A text with its quotation marks.</summary>
    internal static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, Style.Encoder)}\"";

    /// <summary>A time in milliseconds, to the nanosecond.</summary>
    internal static double Milliseconds(double nanoseconds) => Math.Round(nanoseconds / 1e6, 6);

    /// <summary>A time in milliseconds, to the nanosecond.</summary>
    internal static void WriteMilliseconds(this Utf8JsonWriter json, string name, double nanoseconds) =>
        json.WriteNumber(name, Milliseconds(nanoseconds));

    /// <summary>A share of a whole, from 0 to 1.</summary>
    internal static void WriteShare(this Utf8JsonWriter json, string name, double share) => json.WriteNumber(name, Math.Round(share, 4));

    /// <summary>An array of texts.</summary>
    internal static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>An array of objects, one an item.</summary>
    internal static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
