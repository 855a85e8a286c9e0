using System.Net;

namespace FastDeepIoT.Tool;

/// <summary>Pages that need nothing but themselves: no script, no font and no style from elsewhere.</summary>
internal static class Html
{
    /// <summary>Text as it may stand in a page.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A whole page.</summary>
    internal static string Page(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Escape(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        {body}</main>
        </body>
        </html>

        """;

    /// <summary>A table; cells are escaped.</summary>
    /// <param name="columns">Titles; one that starts with <c>&gt;</c> is aligned to the right.</param>
    /// <param name="rows">Cells, one a column.</param>
    internal static string Table(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        string Cell(string tag, string text, int column) =>
            $"<{tag}{(columns[column].StartsWith('>') ? " class=\"number\"" : "")}>{Escape(text)}</{tag}>";
        string Row(string tag, IEnumerable<string> cells) =>
            $"<tr>{string.Concat(cells.Select((text, column) => Cell(tag, text, column)))}</tr>\n";
        return $"<div class=\"scroll\"><table>\n<thead>{Row("th", columns.Select(column => column.TrimStart('>')))}</thead>\n"
            + $"<tbody>\n{string.Concat(rows.Select(row => Row("td", row)))}</tbody></table></div>\n";
    }

    private const string Style = """
        :root {
          color-scheme: light dark;
          --page: #f7f7f5; --card: #ffffff; --text: #1d2126; --soft: #626a73; --line: #e2e3e0;
          --series0: #1f6fb2; --series1: #c8571b; --series2: #6b4fa0; --good: #2e7d4f;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #15181c; --card: #1d2126; --text: #e6e8ea; --soft: #9aa3ac; --line: #31363d;
            --series0: #6cb2ee; --series1: #f09a5e; --series2: #b39ddb; --good: #6fcf97;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; }
        h3 { font-size: .8rem; margin: 1.1rem 0 .35rem; text-transform: uppercase; letter-spacing: .05em; color: var(--soft); }
        p { margin: .4rem 0; }
        .soft { color: var(--soft); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; margin: 1rem 0; }
        .card > h2 { margin: 0 0 .25rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 0; }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        ul { margin: .25rem 0; padding-left: 1.1rem; }
        li { margin: .35rem 0; }
        nav { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0; }
        nav a { border: 1px solid var(--line); border-radius: 99px; padding: .1rem .7rem; font-size: .85rem; color: var(--text);
          text-decoration: none; background: var(--card); }
        nav a:hover { border-color: var(--series0); }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .92rem; }
        th { font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); }
        th, td { padding: .35rem 1rem .35rem 0; text-align: left; vertical-align: top; }
        th:last-child, td:last-child { padding-right: 0; }
        .number { text-align: right; white-space: nowrap; }
        tbody tr + tr td { border-top: 1px solid var(--line); }
        .evidence { color: var(--soft); font-size: .85rem; display: block; }
        figure { margin: .75rem 0 .25rem; }
        svg { width: 100%; height: auto; display: block; }
        figcaption { font-size: .85rem; color: var(--soft); }
        .key { margin-right: 1rem; white-space: nowrap; }
        .key::before { content: ""; display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em;
          vertical-align: -.05em; background: currentColor; }
        .key.series0::before { background: var(--series0); }
        .key.series1::before { background: var(--series1); }
        .key.series2::before { background: var(--series2); }
        .grid { stroke: var(--line); }
        .tick { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
        .end { text-anchor: end; }
        .middle { text-anchor: middle; }
        .line { fill: none; stroke-width: 2.2; stroke-linecap: round; }
        .riser { fill: none; stroke-width: .7; opacity: .55; }
        .band { stroke: none; opacity: .14; }
        .line.series0, .riser.series0 { stroke: var(--series0); } .band.series0, .bar.series0 { fill: var(--series0); }
        .line.series1, .riser.series1 { stroke: var(--series1); } .band.series1, .bar.series1 { fill: var(--series1); }
        .line.series2 { stroke: var(--series2); }
        .big { font-size: 2.2rem; font-weight: 650; letter-spacing: -.02em; margin: 0 0 .6rem; line-height: 1.1; }
        .big .soft { font-size: 1rem; font-weight: 400; letter-spacing: 0; }
        .bars { display: grid; grid-template-columns: minmax(8rem, 18rem) 1fr; gap: .35rem 1rem; align-items: center; }
        .bars .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: .88rem; line-height: 1.25; }
        .bars .bar { display: flex; align-items: center; gap: .5rem; font-size: .78rem; line-height: 1.15rem; color: var(--soft);
          font-variant-numeric: tabular-nums; white-space: nowrap; }
        .fill { height: .72rem; border-radius: 2px; min-width: 1px; }
        .fill.series0 { background: var(--series0); } .fill.series1 { background: var(--series1); opacity: .75; }
        .hover { fill: transparent; }
        .hover:hover { fill: var(--text); opacity: .18; }
        """;
}
