using System.Globalization;

namespace FastDeepIoT.Tool;

/// <summary>
/// Shows on standard error how far long work is: a bar that stays in its line at a terminal, now and then a plain line elsewhere.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan BetweenPlainLines = TimeSpan.FromSeconds(30);
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private DateTime _last = DateTime.UtcNow;
    private int _shown;

    /// <summary>Shows how far the work is.</summary>
    /// <param name="share">The share that is done, from 0 to 1.</param>
    /// <param name="what">What was done, in words.</param>
    /// <param name="left">The time left.</param>
    internal void Show(double share, string what, TimeSpan left)
    {
        var text = $"{(share * 100).ToString("F0", CultureInfo.InvariantCulture),3}%  {what}  {Clock(left)} left";
        if (_isTerminal) Redraw(Bar(share) + " " + text);
        else if (DateTime.UtcNow - _last >= BetweenPlainLines)
        {
            _last = DateTime.UtcNow;
            Console.Error.WriteLine(text.TrimStart());
        }
    }

    /// <summary>Leaves the line to whatever is printed next.</summary>
    internal void Clear()
    {
        if (_shown > 0) Redraw("");
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Redraw(string text)
    {
        Console.Error.Write("\r" + text.PadRight(_shown) + (text.Length == 0 ? "\r" : ""));
        _shown = text.Length;
    }

    private static string Bar(double share)
    {
        var full = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth);
        return "[" + new string('#', full) + new string('.', BarWidth - full) + "]";
    }

    private static string Clock(TimeSpan time)
    {
        var left = time < TimeSpan.Zero ? TimeSpan.Zero : time;
        return left.ToString(left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }
}
