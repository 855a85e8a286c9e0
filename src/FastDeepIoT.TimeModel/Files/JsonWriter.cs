using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FastDeepIoT.TimeModel.Files;

/// <summary>
/// Writes JSON that reads well in a diff: members in the order given, short values on one line, numbers invariant and round-trip.
/// </summary>
internal static class JsonWriter
{
    private const int LineWidth = 150;

    internal static string Write(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        var line = OnOneLine(value);
        if (line.Length + 2 * depth <= LineWidth || value is not (IReadOnlyList<(string, object?)> or IReadOnlyList<object?>))
        {
            text.Append(line);
            return;
        }

        var isObject = value is IReadOnlyList<(string, object?)>;
        var entries = isObject
            ? ((IReadOnlyList<(string Name, object? Value)>)value).Select(member => (Prefix: Quote(member.Name) + ": ", member.Value))
            : ((IReadOnlyList<object?>)value).Select(item => (Prefix: "", Value: item));
        text.Append(isObject ? '{' : '[');
        var separator = "\n";
        foreach (var (prefix, entry) in entries)
        {
            text.Append(separator).Append(' ', 2 * (depth + 1)).Append(prefix);
            Append(text, entry, depth + 1);
            separator = ",\n";
        }

        text.Append('\n').Append(' ', 2 * depth).Append(isObject ? '}' : ']');
    }

    private static string OnOneLine(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Quote(text),
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IReadOnlyList<(string Name, object? Value)> members =>
            "{" + string.Join(", ", members.Select(member => Quote(member.Name) + ": " + OnOneLine(member.Value))) + "}",
        IReadOnlyList<object?> items => "[" + string.Join(", ", items.Select(OnOneLine)) + "]",
        _ => throw new System.ArgumentException("no JSON for " + value.GetType(), nameof(value)),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c < ' ') quoted.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)c);
            else quoted.Append(c);
        return quoted.Append('"').ToString();
    }
}
