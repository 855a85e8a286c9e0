using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FastDeepIoT.Build.Items;

/// <summary>Sizes of free dimensions as metadata has them: <c>batch=1;seq=128</c>.</summary>
internal static class Dimension
{
    internal const string Expected = "NAME=N with a whole number above zero, several separated by semicolons, for instance batch=1;seq=128";

    /// <summary>The single <c>NAME=N</c> of a list.</summary>
    internal static IEnumerable<string> Split(string dimensions) =>
        dimensions.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()).Where(part => part.Length > 0);

    /// <summary>The parts that are not <c>NAME=N</c>.</summary>
    internal static IEnumerable<string> Problems(string dimensions) => Split(dimensions).Where(part => !IsDimension(part));

    private static bool IsDimension(string part)
    {
        var equals = part.LastIndexOf('=');
        return equals > 0
            && int.TryParse(part.Substring(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size > 0;
    }
}
