using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>One file, or one folder of tensors, and the arrays in it by name.</summary>
internal sealed record CalibrationPart(string Path, IReadOnlyDictionary<string, NumpyArray> Arrays);

/// <summary>Finds and reads the files of calibration data.</summary>
internal static class CalibrationFiles
{
    private const int MostFiles = 100_000;

    /// <summary>The name of an array that is alone in its file.</summary>
    internal const string Unnamed = "x";

    /// <summary>The arrays of an .npz or .npy file, a folder of them, an ONNX test_data_set folder, or a folder of those.</summary>
    internal static IReadOnlyList<CalibrationPart> Read(string path)
    {
        if (File.Exists(path)) return [ReadFile(path)];
        if (!Directory.Exists(path)) throw new InputException(DiagnosticCode.FileNotFound, "There are no such calibration data. Check the path.", path);

        var sets = Directory.EnumerateDirectories(path, "test_data_set_*").Order(StringComparer.Ordinal).ToList();
        if (sets.Count > 0) return sets.Select(ReadTensors).ToList();
        if (Directory.EnumerateFiles(path, "input_*.pb").Any()) return [ReadTensors(path)];

        var files = Directory.EnumerateFiles(path).Where(IsArray).Order(StringComparer.Ordinal).Take(MostFiles).ToList();
        if (files.Count == 0) throw CalibrationProblem.Of(path, "the folder has no .npz, .npy or test_data_set_* in it", "name a folder with data");
        return IsOneSet(files) ? [new(path, files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), NumpyFile.Read))] : files.Select(ReadFile).ToList();
    }

    // x.npy and y.npy beside each other belong together; otherwise every file is some samples.
    private static bool IsOneSet(List<string> files) =>
        files.TrueForAll(file => Path.GetExtension(file) == ".npy") && files.Exists(file => Path.GetFileName(file) is "x.npy" or "y.npy");

    private static bool IsArray(string path) => Path.GetExtension(path) is ".npy" or ".npz";

    private static CalibrationPart ReadFile(string path) => Path.GetExtension(path) switch
    {
        ".npz" => new(path, NumpyFile.ReadArchive(path)),
        ".npy" => new(path, new Dictionary<string, NumpyArray> { [Unnamed] = NumpyFile.Read(path) }),
        ".pb" => new(path, new Dictionary<string, NumpyArray> { [Unnamed] = TensorFile.Read(path) }),
        var other => throw CalibrationProblem.Of(path, $"'{other}' is no format of calibration data", "expected .npz, .npy, or a folder"),
    };

    // The tensors are numbered in the order of the model's inputs; outputs are not labels.
    private static CalibrationPart ReadTensors(string folder) => new(folder,
        Directory.EnumerateFiles(folder, "input_*.pb").Order(StringComparer.Ordinal).ToDictionary(file => Path.GetFileNameWithoutExtension(file), TensorFile.Read));
}
