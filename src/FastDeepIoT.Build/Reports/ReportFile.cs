using System;
using System.IO;
using FastDeepIoT.Build.Items;
using FastDeepIoT.TimeModel;
using Microsoft.Build.Framework;

namespace FastDeepIoT.Build.Reports;

/// <summary>What the tool left behind about a model.</summary>
internal static class ReportFile
{
    internal const string Suffix = ".fastdeepiot.json";

    internal static string PathOf(ITaskItem model) => ModelOutput.Of(model) + Suffix;

    /// <exception cref="InputException">FDI9001 when there is no report, or not one of ours.</exception>
    internal static BuildReport Read(ITaskItem model)
    {
        var path = PathOf(model);
        try
        {
            return BuildReportReader.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(
                DiagnosticCode.Internal, $"The tool left no report of '{ModelName.Of(model)}'. Clean and build again.", path, e);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                DiagnosticCode.Internal, $"The report of '{ModelName.Of(model)}' cannot be read: {e.Message.TrimEnd('.')}. Clean and build again.", path, e);
        }
    }
}
