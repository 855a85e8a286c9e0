using System.Text;

namespace FastDeepIoT.Fuzz;

/// <summary>Breaks bytes and texts the way broken programs, disks and people do.</summary>
internal static class Mutations
{
    private static readonly string[] Values =
    [
        "0", "-1", "1e999", "-1e999", "NaN", "1e-320", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "null", "true", "\"\"",
        "[]", "{}", "\"\\ud800\"", "\"\\u0000\"", "0x10", "1,5", "\u0661", "\"../../x\"",
    ];

    /// <summary>One to four changes of single bytes, of length, or of order.</summary>
    internal static byte[] Bytes(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var count = Math.Min(random.Next(1, 64), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = random.Next(3) switch { 0 => 0, 1 => 255, _ => 128 }; break;
                case 2: bytes.RemoveRange(at, count); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, count)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>One to four values, lines or brackets replaced, removed or repeated.</summary>
    internal static byte[] Text(string original, Random random)
    {
        var text = original;
        for (var change = random.Next(1, 5); change > 0 && text.Length > 0; change--)
        {
            var at = random.Next(text.Length);
            text = random.Next(7) switch
            {
                0 or 1 => Replace(text, at, Values[random.Next(Values.Length)]),
                2 => text[..at],
                3 => text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at)),
                4 => text.Insert(at, text.Substring(at / 2, Math.Min(random.Next(1, 200), text.Length - (at / 2)))),
                5 => text.Insert(at, new string("[{(\"\n,"[random.Next(6)], random.Next(2) == 0 ? 1 : 5000)),
                _ => text.Insert(at, ((char)random.Next(1, 0xD7FF)).ToString()),
            };
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>An array as numpy.save writes it: half of the time a value of its header is another, otherwise its bytes are.</summary>
    internal static byte[] Array(byte[] original, Random random)
    {
        const int start = 10; // magic, version and the length of the header
        if (random.Next(2) == 0) return Bytes(original, random);

        var length = BitConverter.ToUInt16(original, start - 2);
        var header = Text(Encoding.Latin1.GetString(original, start, length), random);
        return [.. original.AsSpan(0, start - 2), .. BitConverter.GetBytes((ushort)header.Length), .. header, .. original.AsSpan(start + length)];
    }

    // The word or number at a place.
    private static string Replace(string text, int at, string value)
    {
        var (start, end) = (at, at);
        while (start > 0 && IsWord(text[start - 1])) start--;
        while (end < text.Length && IsWord(text[end])) end++;
        return text[..start] + value + text[end..];
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '.' or '-' or '+' or '_';
}
