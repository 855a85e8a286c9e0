using System.Security.Cryptography;
using System.Text;

namespace FastDeepIoT.Onnx;

/// <summary>The names that a subgraph defines, beside those it sees around it, and what they are called in a flat model.</summary>
internal sealed class FlatScope
{
    // A name in front of every name of a body: a long one would make gigabytes of a small file.
    private const int LongestPrefix = 256;

    private readonly FlatScope? _around;
    private readonly string _prefix;
    private readonly HashSet<string> _own;

    private FlatScope(FlatScope? around, string prefix, HashSet<string> own) => (_around, _prefix, _own) = (around, prefix, own);

    /// <summary>The model itself: every name is what it is.</summary>
    internal static FlatScope Outermost { get; } = new(null, "", []);

    /// <summary>The scope of a subgraph.</summary>
    /// <param name="prefix">What its own names begin with; ends with a separator.</param>
    /// <param name="own">The names it defines; empty ones are none.</param>
    internal FlatScope Inside(string prefix, IEnumerable<string> own) => new(this, Short(prefix), own.Where(name => name.Length > 0).ToHashSet());

    /// <summary>What a name is called in the flat model.</summary>
    internal string NameOf(string name) => _own.Contains(name) ? _prefix + name : _around?.NameOf(name) ?? name;

    private static string Short(string prefix) => prefix.Length <= LongestPrefix
        ? prefix
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix))) + prefix[^1];
}
