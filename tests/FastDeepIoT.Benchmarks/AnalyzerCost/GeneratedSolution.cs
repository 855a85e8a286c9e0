using System.Text;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// A made-up solution to compile: projects of ordinary code, with the networks of a few classes among it. The same text every time.
/// </summary>
/// <param name="Projects">Source files of each project.</param>
internal sealed record GeneratedSolution(IReadOnlyList<IReadOnlyList<SourceFile>> Projects)
{
    private const int ProjectCount = 4;
    private const int LinesPerFile = 250;
    private const int LayersPerNetwork = 10;

    internal int Lines => Projects.SelectMany(project => project).Sum(file => file.Text.Count(letter => letter == '\n'));

    /// <summary>A solution of about so many lines, and exactly so many constructed layers.</summary>
    internal static GeneratedSolution Of(int lines, int layers)
    {
        var networks = layers / LayersPerNetwork;
        var files = lines / LinesPerFile;
        var texts = Enumerable.Range(0, files).Select(i => FileText(i, from: networks * i / files, to: networks * (i + 1) / files)).ToList();
        return new GeneratedSolution([.. texts.Select((text, i) => new SourceFile($"File{i}.cs", text)).Chunk(files / ProjectCount)]);
    }

    private static string FileText(int index, int from, int to)
    {
        var text = new StringBuilder("using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing TorchSharp;\n"
            + $"using static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n\nnamespace Generated.Part{index};\n\n");
        for (var network = from; network < to; network++) text.Append(GeneratedCode.Network(network, LayersPerNetwork));
        for (var i = 0; CountLines(text) < LinesPerFile; i++) text.Append(GeneratedCode.Ordinary(index, i));
        return text.ToString();
    }

    private static int CountLines(StringBuilder text) => text.ToString().Count(letter => letter == '\n');
}

/// <summary>A file and what is in it.</summary>
internal sealed record SourceFile(string Name, string Text);
