using System;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Items;

/// <summary>A place in a project file, for people to click on. Line and column count from 1; 0 is unknown.</summary>
internal readonly record struct SourceLocation(string File, int Line = 0, int Column = 0)
{
    private const string ItemType = "OnnxModel";

    /// <summary>Where an item, or one metadata of it, is written.</summary>
    internal static SourceLocation Of(ITaskItem item, string? metadata)
    {
        var file = item.GetMetadata(Metadata.DefinedIn);
        var element = Load(file)?.Descendants()
            .Where(candidate => candidate.Name.LocalName == ItemType && Rank(candidate, item.ItemSpec) > 0)
            .OrderByDescending(candidate => Rank(candidate, item.ItemSpec) + RankMetadata(candidate, item, metadata))
            .FirstOrDefault();
        if (element is null) return new SourceLocation(file);

        var part = metadata is null ? null : FindMetadata(element, metadata);
        return At(file, part ?? element);
    }

    /// <summary>Where a property is written, if that is in the project file itself.</summary>
    internal static SourceLocation OfProperty(string projectFile, string name) =>
        Load(projectFile)?.Descendants().LastOrDefault(element => element.Name.LocalName == name) is { } property
            ? At(projectFile, property)
            : new SourceLocation(projectFile);

    private static XDocument? Load(string file)
    {
        try
        {
            return XDocument.Load(file, LoadOptions.SetLineInfo);
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null; // a place less exact is all that is lost
        }
    }

    private static int Rank(XElement element, string itemSpec)
    {
        var includes = ((string?)element.Attribute("Include") ?? (string?)element.Attribute("Update") ?? "").Split(';').Select(Normalize).ToList();
        if (includes.Contains(Normalize(itemSpec))) return 4;
        return includes.Any(include => include.IndexOfAny(['*', '?', '$', '@', '%']) >= 0) ? 1 : 0;
    }

    private static int RankMetadata(XElement element, ITaskItem item, string? metadata) =>
        metadata is not null && FindMetadata(element, metadata) is { } part && ValueOf(part) == item.GetMetadata(metadata) ? 2 : 0;

    private static XObject? FindMetadata(XElement element, string name) =>
        element.Attributes().FirstOrDefault(attribute => Same(attribute.Name.LocalName, name))
        ?? (XObject?)element.Elements().FirstOrDefault(child => Same(child.Name.LocalName, name));

    private static string ValueOf(XObject part) => part is XAttribute attribute ? attribute.Value : ((XElement)part).Value;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Normalize(string path) => path.Trim().Replace('\\', '/');

    private static SourceLocation At(string file, XObject part)
    {
        var position = (IXmlLineInfo)part;
        return position.HasLineInfo() ? new SourceLocation(file, position.LineNumber, position.LinePosition) : new SourceLocation(file);
    }
}
