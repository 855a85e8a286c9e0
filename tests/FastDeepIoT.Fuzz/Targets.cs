using System.Security.Cryptography;
using System.Text;
using FastDeepIoT.Analyzers;
using FastDeepIoT.Build.Reports;
using FastDeepIoT.Profiling;
using FastDeepIoT.Profiling.Samples;
using FastDeepIoT.TimeModel;
using FastDeepIoT.TimeModel.Files;
using FastDeepIoT.Tool;
using FastDeepIoT.Tool.Tests;

namespace FastDeepIoT.Fuzz;

/// <summary>Every reader, and the whole way from a model to a better one. Each is made for a folder it may write into.</summary>
internal static class Targets
{
    internal static IReadOnlyDictionary<string, Func<string, FuzzTarget>> All { get; } = new Dictionary<string, Func<string, FuzzTarget>>
    {
        ["onnx"] = ModelTargets.Read,
        ["inputs"] = ModelTargets.Inputs,
        ["optimize"] = ModelTargets.Optimize,
        ["device"] = _ => Texts(DeviceModelFile.Write(TestDevices.Steps()), text => DeviceModelFile.Read(text)),
        ["samples"] = Samples,
        ["journal"] = Journals,
        ["baseline"] = folder => Files(folder, Good.Baseline, file => LatencyBaseline.Read(file)),
        ["build-baseline"] = folder => Files(folder, Good.Baseline, file => Build.Baselines.LatencyBaseline.Read(file)),
        ["request"] = folder => Files(folder, Good.Request, file => BuildRequest.Read(file)),
        ["report"] = _ => Texts(Good.Report, ReadReport),
        ["layers"] = _ => Texts(Good.Layers, text => LayerDescriptionFile.Read(text)),
        ["options"] = _ => Texts("12ms 0.5% 1/255,0.485,0.456 batch=1;seq=128 850us 5% 3x224x224", ReadOptions),
        ["npz"] = CalibrationTargets.Archive,
        ["npy"] = CalibrationTargets.Array,
        ["pb"] = CalibrationTargets.Tensor,
        ["cache"] = Cache,
    };

    // What a task reads of a report, and what the analyzer does.
    private static void ReadReport(string text)
    {
        ShapeTimesReader.Read(text);
        try
        {
            BuildReportReader.Parse(text);
        }
        catch (FormatException)
        {
            // What its caller turns into a coded error.
        }
    }

    private static void ReadOptions(string text)
    {
        foreach (var word in text.Split(' '))
        {
            Duration.TryParse(word, out _);
            Percent.TryParse(word, out _);
            NumberList.TryParse(word, out _);
            LatencyText.Parse(word);
            InputShape.Parse(word);
            Build.Budgets.LatencyBudget.TryParse(word);
            Build.Items.Percentage.TryParse(word);
            Build.Items.Dimension.Problems(word).ToList();
            Build.Devices.TargetDevice.ParseList(word);
        }
    }

    private static FuzzTarget Samples(string folder) => Files(folder, FewSamples(folder), file => SampleFile.Read(file));

    private static FuzzTarget Journals(string folder) => Files(folder, FewSamples(folder) + "# seconds=12.5\n",
        file => Journal.Open(file, TestSamples.Steps().Provenance, resume: true).Dispose());

    private static string FewSamples(string folder)
    {
        var path = Path.Combine(folder, "good.csv");
        SampleFile.Write(path, TestSamples.Steps());
        return string.Join('\n', File.ReadLines(path).Take(24)) + "\n";
    }

    // The sum at the end is right again: what is fed are entries that somebody made, not those a disk has broken.
    private static FuzzTarget Cache(string folder)
    {
        var (entry, model, output) = (Path.Combine(folder, "entry"), Path.Combine(folder, "model"), Path.Combine(folder, "output"));
        File.WriteAllText(model, "the model");
        CacheEntry.Write(entry, new CachedResult("line", Good.Report, "", IsOriginal: false), model);
        var good = File.ReadAllBytes(entry)[..^SHA256.HashSizeInBytes];
        return new FuzzTarget(random => Mutations.Bytes(good, random), bytes =>
        {
            File.WriteAllBytes(entry, [.. bytes, .. SHA256.HashData(bytes)]);
            new ResultCache(folder).Read(entry, model, output);
        });
    }

    private static FuzzTarget Texts(string good, Action<string> read) =>
        new(random => Mutations.Text(good, random), bytes => read(Encoding.UTF8.GetString(bytes)));

    private static FuzzTarget Files(string folder, string good, Action<string> read)
    {
        var path = Path.Combine(folder, "input");
        return new FuzzTarget(
            random => random.Next(4) == 0 ? Mutations.Bytes(Encoding.UTF8.GetBytes(good), random) : Mutations.Text(good, random),
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                read(path);
            });
    }
}
