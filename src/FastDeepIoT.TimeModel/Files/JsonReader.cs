using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FastDeepIoT.TimeModel.Files;

/// <summary>Reads JSON (RFC 8259). Nesting is bounded, because the file may come from anybody.</summary>
internal sealed class JsonReader
{
    private const int DeepestNesting = 200;
    private readonly string _text;
    private int _at;
    private int _line = 1;

    private JsonReader(string text) => _text = text;

    /// <exception cref="FormatException">The text is not JSON; the message names the line.</exception>
    internal static JsonValue Parse(string text)
    {
        var reader = new JsonReader(text);
        var value = reader.Value(0);
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Error("nothing after the value");
    }

    private JsonValue Value(int depth)
    {
        if (depth > DeepestNesting) throw Error("less nesting");

        SkipSpace();
        var line = _line;
        return Peek() switch
        {
            '{' => new JsonValue(Object(depth), line),
            '[' => new JsonValue(Array(depth), line),
            '"' => new JsonValue(String(), line),
            't' => new JsonValue(Word("true", true), line),
            'f' => new JsonValue(Word("false", false), line),
            'n' => new JsonValue(Word("null", null), line),
            _ => new JsonValue(Number(), line),
        };
    }

    private Dictionary<string, JsonValue> Object(int depth)
    {
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        _at++;
        SkipSpace();
        if (TryTake('}')) return members;

        do
        {
            SkipSpace();
            if (Peek() != '"') throw Error("a member name");
            var name = String();
            SkipSpace();
            if (!TryTake(':')) throw Error("':'");
            if (members.ContainsKey(name)) throw Error($"only one member '{name}'");
            members.Add(name, Value(depth + 1));
            SkipSpace();
        }
        while (TryTake(','));
        return TryTake('}') ? members : throw Error("',' or '}'");
    }

    private List<JsonValue> Array(int depth)
    {
        var items = new List<JsonValue>();
        _at++;
        SkipSpace();
        if (TryTake(']')) return items;

        do
        {
            items.Add(Value(depth + 1));
            SkipSpace();
        }
        while (TryTake(','));
        return TryTake(']') ? items : throw Error("',' or ']'");
    }

    private string String()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] < ' ') throw Error("no control character in a string");
            text.Append(_text[_at] == '\\' ? Escape() : _text[_at]);
        }

        return TryTake('"') ? text.ToString() : throw Error("'\"'");
    }

    private char Escape()
    {
        if (++_at >= _text.Length) throw Error("an escape");
        switch (_text[_at])
        {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when _at + 4 < _text.Length
                && ushort.TryParse(_text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            case '"' or '\\' or '/': return _text[_at];
            default: throw Error("an escape");
        }
    }

    private double Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsDigit(_text[_at]) || "+-.eE".IndexOf(_text[_at]) >= 0)) _at++;
        return double.TryParse(_text.Substring(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && !double.IsInfinity(number)
            ? number
            : throw Error("a value");
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0) throw Error("a value");
        _at += word.Length;
        return value;
    }

    private void SkipSpace()
    {
        for (; _at < _text.Length && _text[_at] is ' ' or '\n' or '\r' or '\t'; _at++)
            if (_text[_at] == '\n') _line++;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Error("more text");

    private bool TryTake(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }

    private FormatException Error(string expected) =>
        new(string.Format(CultureInfo.InvariantCulture, "line {0}: expected {1}", _line, expected));
}
