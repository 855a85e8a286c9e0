using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FastDeepIoT.TimeModel.Files;

/// <summary>
/// The device model as JSON (docs/device-model.md). The same model gives the same bytes; reading checks everything, because the
/// file may come from anybody.
/// </summary>
public static class DeviceModelFile
{
    /// <summary>The version of the format this code reads and writes.</summary>
    public const int FormatVersion = 1;

    /// <summary>The largest file read, in characters.</summary>
    public const int LargestText = 16 * 1024 * 1024;

    /// <summary>The text of a device model.</summary>
    public static string Write(DeviceModel model) => JsonWriter.Write(DeviceModelWriter.Members(model));

    /// <summary>The device model of a text.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="file">The file it came from, for messages.</param>
    /// <exception cref="InputException">FDI3004 when the text is not a device model, FDI3005 when its format is another version.</exception>
    public static DeviceModel Read(string text, string? file = null)
    {
        if (text.Length > LargestText)
            throw Unreadable($"it has {text.Length} characters; a device model has at most {LargestText}", file);

        try
        {
            var root = JsonReader.Parse(text);
            CheckVersion(root, file);
            return DeviceModelParser.Parse(root);
        }
        catch (FormatException e)
        {
            throw Unreadable(e.Message, file, e);
        }
    }

    private static void CheckVersion(JsonValue root, string? file)
    {
        var version = root["format"].Integer;
        if (version == FormatVersion) return;

        var advice = version > FormatVersion ? "update FastDeepIoT" : "profile the device again with 'fastdeepiot profile'";
        throw new InputException(DiagnosticCode.DeviceModelVersion,
            $"The device model has format {version}; this version reads format {FormatVersion}. To use it, {advice}.", file);
    }

    private static InputException Unreadable(string reason, string? file, Exception? cause = null) => new(
        DiagnosticCode.DeviceModelUnreadable,
        $"Not a readable device model: {reason}. Expected a file written by 'fastdeepiot profile' or 'fastdeepiot fit'.", file, cause);
}
