using System.Globalization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Samples;

/// <summary>Rebuilds measured networks from the lines of a sample file.</summary>
internal static class SampleParser
{
    private const int Columns = 12;

    internal static IReadOnlyList<NetworkSample> Networks(IEnumerable<string> lines)
    {
        var rows = lines.Where(line => line.Length > 0).Select((line, index) => Row.Parse(line, index + 1)).ToList();
        return rows.GroupBy(row => (row.Seed, row.Visit)).Select(group => Build(group.Key.Seed, group.Key.Visit, group.ToList())).ToList();
    }

    private static NetworkSample Build(int seed, int visit, IReadOnlyList<Row> rows)
    {
        var tensors = new SortedDictionary<int, long[]>();
        foreach (var (index, shape) in rows.SelectMany(row => row.Reads.Concat(row.Writes))) tensors[index] = shape;
        if (tensors.Keys.Any(index => index < 0 || index >= tensors.Count)) throw new FormatException($"the tensors of network {seed} are not numbered from 0 on");
        var layers = rows.Where(row => !row.IsChange).ToList();
        var read = layers.SelectMany(row => row.Reads.Select(tensor => tensor.Index)).ToHashSet();
        var network = new Network(
            tensors.Select(tensor => new NetworkTensor($"t{tensor.Key}", tensor.Value)).ToList(),
            layers.Select(row => new NetworkLayer(row.Name, row.Operator, row.Layer, Indices(row.Reads), Indices(row.Writes))).ToList(),
            layers.SelectMany(row => Indices(row.Writes)).Where(index => !read.Contains(index)).ToList());
        return new NetworkSample
        {
            Seed = seed,
            Visit = visit,
            Network = network,
            TotalNanoseconds = rows[0].Total,
            Placements = layers.Select(row => row.Placement).ToList(),
            Nanoseconds = layers.Select(row => row.Nanoseconds).ToList(),
            Changes = rows.Where(row => row.IsChange)
                .Select(row => new ChangeSample(row.Reads[0].Index, row.Kind == LayoutChange.ToInternal, row.Nanoseconds)).ToList(),
        };
    }

    private static List<int> Indices(IEnumerable<(int Index, long[] Shape)> tensors) => tensors.Select(tensor => tensor.Index).ToList();

    private sealed record Row(
        int Seed, int Visit, double Total, string Name, string Operator, string Kind, Layer? Layer, Placement Placement, double Nanoseconds,
        IReadOnlyList<(int Index, long[] Shape)> Reads, IReadOnlyList<(int Index, long[] Shape)> Writes)
    {
        internal bool IsChange => Kind is LayoutChange.ToInternal or LayoutChange.ToPlain;

        internal static Row Parse(string line, int number)
        {
            var cells = line.Split(',');
            if (cells.Length != Columns) throw new FormatException($"row {number} has {cells.Length} columns, not {Columns}");
            return new Row(int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), Number(cells[2]),
                cells[3], cells[4], cells[5], ParseLayer(cells[5], cells[6], cells[9], number), Enum.Parse<Placement>(cells[7]), Number(cells[8]),
                Tensors(cells[10]), Tensors(cells[11]));
        }

        private static Layer? ParseLayer(string kind, string family, string features, int number)
        {
            if (LayerFamily.Find(family) is not { } found) return null;

            var values = features.Split(' ').Select(Number).ToArray();
            return values.Length == found.Features.Count
                ? Layers.FromFeatures(kind, found, values)
                : throw new FormatException($"row {number} has {values.Length} features, not {found.Features.Count}");
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

        private static List<(int, long[])> Tensors(string cell) => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(tensor =>
        {
            var parts = tensor.Split(':', 2);
            var shape = parts[1].Split('x', StringSplitOptions.RemoveEmptyEntries).Select(size => long.Parse(size, CultureInfo.InvariantCulture));
            return (int.Parse(parts[0], CultureInfo.InvariantCulture), shape.ToArray());
        }).ToList();
    }
}
