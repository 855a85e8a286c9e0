using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Reads what a build asks of compress mode.</summary>
internal static class BuildCalibration
{
    /// <summary>The request, from the values of keys.</summary>
    /// <exception cref="InputException">FDI3007 when one is missing or means nothing.</exception>
    internal static CalibrationRequest Of(Func<string, string?> value) => new(value("calibration") ?? throw BuildRequest.Unusable("mode compress has no 'calibration'"))
    {
        Judging = value("judging"),
        MaxDrop = value("max-drop") is not { } drop ? CalibrationRequest.UsualDrop
            : Percent.TryParse(drop, out var percent) ? percent : throw BuildRequest.Unusable($"'max-drop={drop}' is no percentage such as {Percent.Examples}"),
        Budget = value("latency-budget") is not { } budget ? null
            : Duration.TryParse(budget, out var duration) ? duration : throw BuildRequest.Unusable($"'latency-budget={budget}' is no time such as {Duration.Examples}"),
        Preprocessing = new Preprocessing
        {
            Scale = Numbers(value, "scale") is [var scale, ..] ? scale : 1,
            Mean = Numbers(value, "mean"),
            Std = Numbers(value, "std"),
            ChannelsLast = value("layout") is { } layout && (layout == "nhwc" || (layout == "same" ? false : throw BuildRequest.Unusable($"'layout={layout}' is neither nhwc nor same"))),
        },
    };

    private static double[]? Numbers(Func<string, string?> value, string key) => value(key) is not { } text ? null
        : NumberList.TryParse(text, out var numbers) ? numbers
        : throw new InputException(DiagnosticCode.InvalidOption, $"'{key}={text}' is no list of numbers. Write for instance 1/255 or 0.485,0.456,0.406.");
}
