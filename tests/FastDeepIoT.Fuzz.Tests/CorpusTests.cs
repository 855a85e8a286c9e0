using Xunit;

namespace FastDeepIoT.Fuzz.Tests;

/// <summary>Inputs that once were not answered with a coded error, each in the folder of its target.</summary>
public sealed class CorpusTests
{
    private static string Root => Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static TheoryData<string, string> Inputs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                data.Add(Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Found_inputs_stay_harmless(string target, string input)
    {
        using var folder = new FuzzFolder();
        var run = new FuzzRun(Targets.All[target], 0, folder);

        run.One(0, File.ReadAllBytes(Path.Combine(Root, target, input)));

        Assert.True(run.Failures.Count == 0, run.Failures.FirstOrDefault().Failure?.What);
    }
}
