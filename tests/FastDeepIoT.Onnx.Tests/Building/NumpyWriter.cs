using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace FastDeepIoT.Tests.Building;

/// <summary>Writes arrays as numpy.save and numpy.savez do.</summary>
internal static class NumpyWriter
{
    /// <summary>The bytes of an .npy file.</summary>
    internal static byte[] Array<T>(string type, T[] values, params int[] shape) where T : unmanaged
    {
        var axes = string.Join(", ", shape) + (shape.Length == 1 ? "," : "");
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes}), }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. MemoryMarshal.AsBytes(values.AsSpan())];
    }

    /// <summary>Writes an .npz file.</summary>
    internal static void Archive(string path, params (string Name, byte[] Array)[] arrays)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, array) in arrays)
        {
            using var stream = archive.CreateEntry(name + ".npy").Open();
            stream.Write(array);
        }
    }
}
