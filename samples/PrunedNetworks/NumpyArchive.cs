using System.IO.Compression;
using System.Runtime.InteropServices;

namespace PrunedNetworks;

/// <summary>Reads arrays from an .npz file: a zip archive of .npy files, each a text header followed by the values.</summary>
internal static class NumpyArchive
{
    private const int LengthOfHeaderLength = 2;
    private const int LengthOfMagicAndVersion = 8;

    /// <summary>The values of an array, whose type the caller knows.</summary>
    internal static T[] Read<T>(string path, string name)
        where T : unmanaged
    {
        using var archive = ZipFile.OpenRead(path);
        using var content = (archive.GetEntry(name + ".npy") ?? throw new InvalidDataException($"'{path}' has no array '{name}'.")).Open();
        using var memory = new MemoryStream();
        content.CopyTo(memory);

        var bytes = memory.ToArray().AsSpan(LengthOfMagicAndVersion);
        var headerLength = MemoryMarshal.Read<ushort>(bytes);
        return MemoryMarshal.Cast<byte, T>(bytes[(LengthOfHeaderLength + headerLength)..]).ToArray();
    }
}
