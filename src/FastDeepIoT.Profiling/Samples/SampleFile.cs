using System.Globalization;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Samples;

/// <summary>Everything a profile measured: where, and which networks.</summary>
public sealed record SampleSet(Provenance Provenance, IReadOnlyList<NetworkSample> Networks);

/// <summary>
/// Samples as CSV: comment lines that say where they come from, then one line a layer or layout change. Tensors are written as
/// <c>id:size x size x ...</c>, features in their family's order. See docs/samples.md.
/// </summary>
public static class SampleFile
{
    private const string Header = "network,visit,total_ns,name,operator,kind,family,placement,ns,features,reads,writes";
    private const string NoKind = "-";

    /// <summary>Writes a whole file.</summary>
    /// <exception cref="InputException">FDI3009 when it cannot be written.</exception>
    public static void Write(string path, SampleSet samples) => WholeFile.Write(path, string.Concat(
        Head(samples.Provenance).Concat(samples.Networks.SelectMany(Lines)).Select(line => line + "\n")));

    /// <summary>The lines before the first network.</summary>
    public static IEnumerable<string> Head(Provenance provenance) => ProvenanceLines.Write(provenance).Append(Header);

    /// <summary>The lines of one network.</summary>
    public static IEnumerable<string> Lines(NetworkSample sample)
    {
        var (network, total) = (sample.Network, Number(sample.TotalNanoseconds));
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var node = network.Layers[i];
            yield return Line(sample, total, node.Name, node.Operator, node.Layer, sample.Placements[i].ToString(), sample.Nanoseconds[i],
                Tensors(network, node.Inputs), Tensors(network, node.Outputs));
        }

        foreach (var change in sample.Changes)
            yield return Line(sample, total, network.Tensors[change.Tensor].Name, "", LayoutChange.Of(network.Tensors[change.Tensor], change.ToInternal),
                nameof(Placement.Plain), change.Nanoseconds, Tensors(network, [change.Tensor]), "");
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">FDI3002 when there is no such file, FDI3013 when it is not a sample file.</exception>
    public static SampleSet Read(string path) => Parse(TextFile.ReadLines(path), path);

    internal static SampleSet Parse(IReadOnlyList<string> lines, string path)
    {
        try
        {
            var comments = lines.TakeWhile(line => line.StartsWith('#')).ToList();
            if (lines.Count <= comments.Count || lines[comments.Count] != Header) throw new FormatException($"no line '{Header}'");
            return new SampleSet(ProvenanceLines.Read(comments), SampleParser.Networks(lines.Skip(comments.Count + 1)));
        }
        catch (Exception e) when (e is FormatException or OverflowException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InputException(DiagnosticCode.SamplesUnreadable,
                $"Not readable samples: {e.Message}. Expected a file written by 'fastdeepiot profile'; profile again.", path, e);
        }
    }

    internal static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Line(
        NetworkSample sample, string total, string name, string type, Layer? layer, string placement, double nanoseconds, string reads, string writes) =>
        string.Join(',', sample.Seed.ToString(CultureInfo.InvariantCulture), sample.Visit.ToString(CultureInfo.InvariantCulture), total, name, type, layer?.Kind ?? NoKind, layer?.Family.Name ?? NoKind,
            placement, Number(nanoseconds), layer is null ? "" : string.Join(' ', layer.Values.Take(layer.Family.Features.Count).Select(feature =>
                feature.ToString("R", CultureInfo.InvariantCulture))), reads, writes);

    private static string Tensors(Network network, IReadOnlyList<int> indices) => string.Join(' ', indices.Select(index =>
        string.Create(CultureInfo.InvariantCulture, $"{index}:{string.Join('x', network.Tensors[index].Shape)}")));
}
