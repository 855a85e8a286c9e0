using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace FastDeepIoT.Analyzers;

/// <summary>
/// What texts were read as. The same content is read once in the life of a process: a compiler server and an editor see the same files in
/// compilation after compilation, under ever new objects.
/// </summary>
internal sealed class Remembered<T>(Func<string, T> read) where T : class
{
    // More files than any solution has; beyond, the one not asked for the longest time is forgotten.
    private const int Most = 16;
    private readonly ConditionalWeakTable<SourceText, T> _byText = new();
    private readonly List<KeyValuePair<string, T>> _byContent = [];

    /// <summary>What the text is.</summary>
    internal T Of(SourceText text) => _byText.GetValue(text, OfContent);

    // Inside the lock, so that several threads that meet a content for the first time read it once.
    private T OfContent(SourceText text)
    {
        var content = $"{text.Length}:{text.ChecksumAlgorithm}:{BitConverter.ToString([.. text.GetChecksum()])}";
        lock (_byContent)
        {
            var index = _byContent.FindIndex(known => known.Key == content);
            var value = index < 0 ? read(text.ToString()) : _byContent[index].Value;
            if (index >= 0) _byContent.RemoveAt(index);
            else if (_byContent.Count == Most) _byContent.RemoveAt(0);
            _byContent.Add(new(content, value));
            return value;
        }
    }
}
