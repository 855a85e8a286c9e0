using System;
using System.Collections.Generic;
using System.Globalization;

namespace FastDeepIoT.TimeModel.Files;

/// <summary>
/// A JSON value. A reader of our own because this assembly also runs inside compilers, where no JSON library is sure to be found.
/// </summary>
internal sealed class JsonValue
{
    private readonly object? _value;

    internal JsonValue(object? value, int line) => (_value, Line) = (value, line);

    internal int Line { get; }

    internal bool IsNull => _value is null;

    internal bool IsText => _value is string;

    internal bool IsBoolean => _value is bool;

    internal double Number => _value is double number ? number : throw Wrong("a number");

    internal int Integer => Number is >= int.MinValue and <= int.MaxValue && Number == Math.Floor(Number) ? (int)Number : throw Wrong("an integer");

    internal string Text => _value as string ?? throw Wrong("a string");

    internal bool Boolean => _value is bool flag ? flag : throw Wrong("true or false");

    internal IReadOnlyList<JsonValue> Items => _value as List<JsonValue> ?? throw Wrong("an array");

    internal IReadOnlyDictionary<string, JsonValue> Members => _value as Dictionary<string, JsonValue> ?? throw Wrong("an object");

    internal JsonValue this[string name] => Members.TryGetValue(name, out var value)
        ? value
        : throw new FormatException(string.Format(CultureInfo.InvariantCulture, "line {0}: '{1}' is missing", Line, name));

    internal JsonValue? Find(string name) => Members.TryGetValue(name, out var value) && !value.IsNull ? value : null;

    internal FormatException Wrong(string expected) =>
        new(string.Format(CultureInfo.InvariantCulture, "line {0}: expected {1}", Line, expected));
}
