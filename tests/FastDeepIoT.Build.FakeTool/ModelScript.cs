using System.Globalization;
using System.Text.Json;

namespace FastDeepIoT.Build.FakeTool;

/// <summary>
/// What to do with a model is what its file says, in lines: <c>time=0.2</c>, <c>optimized=0.1</c>, <c>finding=FDI2003 warning TEXT</c>,
/// <c>fail=FDI3003 TEXT</c>, <c>crash=EXITCODE</c>, <c>loiter=MILLISECONDS</c>, <c>rows=SIZE</c> for a free dimension that is slow at a size.
/// </summary>
internal sealed class ModelScript(Dictionary<string, string> request, string original)
{
    internal static ModelScript Read(Dictionary<string, string> request) => new(request, File.ReadAllText(request["model"]));

    /// <summary>Writes output and report; returns an exit code to end with, or null.</summary>
    internal int? Run()
    {
        if (Values("loiter").FirstOrDefault() is { } time) Thread.Sleep(int.Parse(time, CultureInfo.InvariantCulture));
        if (Values("crash").FirstOrDefault() is { } code) return int.Parse(code, CultureInfo.InvariantCulture);

        var failed = Values("fail").Any();
        var unchanged = request["mode"] == "none";
        Directory.CreateDirectory(Path.GetDirectoryName(request["output"])!);
        if (failed) File.Delete(request["output"]);
        else WriteWhole(request["output"], unchanged ? original : $"optimized by mode {request["mode"]}\n{original}");
        WriteShapes();
        WriteWhole(request["report"], JsonSerializer.Serialize(Report(failed, unchanged)));
        return null;
    }

    private object Report(bool failed, bool unchanged) => new
    {
        schema = "fastdeepiot.build-report/1",
        status = failed ? "failed" : unchanged ? "unchanged" : "optimized",
        model = request["name"],
        mode = request["mode"],
        device = Device,
        original = failed ? null : Time("time", 0.2),
        optimized = failed ? null : unchanged ? Time("time", 0.2) : Time("optimized", 0.1),
        layers = new object[]
        {
            new { name = "/first/Conv", kind = "conv2d", predictedMs = 0.05, share = 0.5, advice = "8 output channels instead of 9 would save 10 us" },
            new { name = "/second/Conv", kind = "conv2d", predictedMs = 0.03, share = 0.3, advice = (string?)null },
            new { name = "/third/Gemm", kind = "gemm", predictedMs = 0.01, share = 0.1, advice = (string?)null },
            new { name = "/fourth/Relu", kind = "elementwise", predictedMs = 0.005, share = 0.05, advice = (string?)null },
        },
        fixes = new object[]
        {
            new { layer = "/first/Conv", advice = "8 output channels instead of 9 would save 10 us", savedMs = 0.01, growth = 0.125 },
        },
        findings = Values("finding").Select(text => text.Split(' ', 3)).Select(parts => Finding(parts[0], parts[1], parts[2]))
            .Concat(Values("fail").Select(text => text.Split(' ', 2)).Select(parts => Finding(parts[0], "error", parts[1]))),
    };

    /// <summary>Whether the compiler reads something about it.</summary>
    internal bool HasFreeDimensions => Values("rows").Any();

    private void WriteShapes()
    {
        var path = request["output"] + ".shapes.json";
        if (HasFreeDimensions) WriteWhole(path, JsonSerializer.Serialize(Shapes(int.Parse(Values("rows").First(), CultureInfo.InvariantCulture))));
        else File.Delete(path);
    }

    private object Shapes(int size) => new
    {
        schema = "fastdeepiot.build-report/1",
        model = request["name"],
        device = Device,
        inputs = new[] { new { name = "x", axes = new object[] { "rows", 24, 24 } } },
        dimensions = new[]
        {
            new
            {
                name = "rows",
                assumed = 1,
                cliffs = new[] { new { size, smaller = new { size = size - 1, ratio = 1.5, excess = 1.45, uncertainty = 0.05 } } },
            },
        },
    };

    private string Device => Path.GetFileNameWithoutExtension(request.GetValueOrDefault("device") ?? request["stand-in"]);

    private static object Finding(string code, string severity, string message) => new { code, severity, message, file = (string?)null };

    private object Time(string name, double otherwise)
    {
        var time = Values(name).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(otherwise);
        return new { predictedMs = time, lowMs = 0.9 * time, highMs = 1.1 * time };
    }

    private IEnumerable<string> Values(string key) =>
        from line in original.Split('\n') where line.StartsWith(key + "=", StringComparison.Ordinal) select line[(key.Length + 1)..].Trim();

    private static void WriteWhole(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
