using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FastDeepIoT.Tool;

/// <summary>
/// Tells one tool from another by content, not by version: compilers stamp every assembly with an id that changes when its code does.
/// The processor's architecture is part of it, because every result was verified by running it there.
/// </summary>
internal static class ToolIdentity
{
    private static readonly Lazy<string> Identity = new(Compute);

    /// <summary>The identity of the tool that runs.</summary>
    internal static string Value => Identity.Value;

    private static string Compute()
    {
        var assemblies = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Order(StringComparer.Ordinal).Select(StampOf);
        var text = string.Join('\n', [RuntimeInformation.RuntimeIdentifier, .. assemblies]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string StampOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return Path.GetFileName(path);

        var metadata = file.GetMetadataReader();
        return $"{Path.GetFileName(path)} {metadata.GetGuid(metadata.GetModuleDefinition().Mvid)}";
    }
}
