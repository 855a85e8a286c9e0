using System.Text.RegularExpressions;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Benchmarks;

/// <summary>
/// Cuts every model under some folders into pieces of so many nodes, as only very long ones are cut, and compares what the runtime makes of
/// the pieces with what it makes of the whole, layer for layer.
/// </summary>
internal sealed partial class PiecesCheck(int longest, FreeDimensions dimensions)
{
    private int _same, _different, _whole;

    internal int Run(IEnumerable<string> paths)
    {
        foreach (var file in ModelFiles.In(paths))
            try
            {
                Console.WriteLine($"{file}: {Check(file)}");
            }
            catch (InputException e)
            {
                Console.WriteLine($"{file}: {e.Finding}");
            }

        Console.WriteLine($"{_same} the same in pieces, {_different} DIFFERENT, {_whole} left whole");
        return _different == 0 ? 0 : 1;
    }

    private string Check(string file)
    {
        var model = OnnxFile.Read(file);
        dimensions.Fix(model);
        if (GraphPieces.Of(model, file, longest) is not { } pieces || RuntimeGraph.OfPieces(model, pieces, file, subgraphs: true) is not { } joined)
        {
            _whole++;
            return "left whole";
        }

        var (whole, parts) = (Layers(RuntimeGraph.Of(model, file, subgraphs: true).Network), Layers(joined.Network));
        var (missing, added) = (whole.Except(parts).ToList(), parts.Except(whole).ToList());
        if (missing.Count + added.Count == 0 && whole.Count == parts.Count)
        {
            _same++;
            return $"{pieces.Models.Count} pieces, {whole.Count} layers, the same";
        }

        _different++;
        return string.Join("\n    ", [$"{pieces.Models.Count} pieces, {whole.Count} layers of the whole, {parts.Count} of the pieces",
            .. missing.Select(layer => "only whole:  " + layer), .. added.Select(layer => "only pieces: " + layer)]);
    }

    // In what order the runtime writes down layers that do not wait for each other is its own affair, and what it names itself, it names once a piece.
    private static List<string> Layers(Network network) => [.. network.Layers
        .Select(layer => $"{layer.Operator} {layer.Layer?.Kind} {string.Join(' ', layer.Layer?.Values ?? [])} -> {string.Join(' ', layer.Outputs.Select(tensor => Tensor(network, tensor)))}")
        .Order(StringComparer.Ordinal)];

    [GeneratedRegex("#[0-9]+$")]
    private static partial Regex Renamed();

    private static string Tensor(Network network, int tensor) => $"{Renamed().Replace(network.Tensors[tensor].Name, "")} [{string.Join(", ", network.Tensors[tensor].Shape)}]";
}
