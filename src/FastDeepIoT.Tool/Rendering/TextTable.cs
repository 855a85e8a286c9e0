using System.Text;

namespace FastDeepIoT.Tool;

/// <summary>Columns aligned with spaces: numbers right, words left, no trailing space.</summary>
/// <param name="columns">Titles; one that starts with <c>&gt;</c> is aligned to the right.</param>
internal sealed class TextTable(params string[] columns)
{
    private const string Gap = "  ";
    private readonly List<string[]> _rows = [[.. columns.Select(column => column.TrimStart('>'))]];

    /// <summary>Adds a row, one cell a column.</summary>
    internal void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The table, each line indented.</summary>
    internal string Text(string indent = "")
    {
        var widths = columns.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            var cells = row.Select((cell, column) =>
                columns[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append((indent + string.Join(Gap, cells)).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
