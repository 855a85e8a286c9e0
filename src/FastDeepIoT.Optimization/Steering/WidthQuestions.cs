using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>What a device model asks about the size of a group: the conditions of its trees that the layers of the group meet.</summary>
internal sealed class WidthQuestions(WidthEstimate estimate, DeviceModel device)
{
    private readonly DeviceSteps _steps = DeviceSteps.Of(device);

    /// <summary>The questions, each once, with all other groups at the sizes at hand.</summary>
    internal IReadOnlyList<WidthQuestion> About(int group)
    {
        var size = estimate.Sizes[group];
        var here = estimate.LayersOf(group);
        estimate.Set(group, size + 1);
        var next = estimate.LayersOf(group);
        estimate.Set(group, size);
        return here.Zip(next).SelectMany(pair => Questions(pair.First, pair.Second, size)).Distinct().ToList();
    }

    private IEnumerable<WidthQuestion> Questions(Layer? here, Layer? next, long size)
    {
        if (here is null || next is null || here.Kind != next.Kind) yield break;

        foreach (var condition in _steps.ConditionsOf(here.Kind))
        {
            var (before, after) = (here.Values[condition.FeatureIndex], next.Values[condition.FeatureIndex]);
            if (before != after) yield return WidthQuestion.Of(condition, size, before, after);

            // The greatest common divisor of several widths, say, follows none of them evenly, but is a multiple only where all are.
            if (condition.IsMultiple) yield return WidthQuestion.Of(condition);
        }
    }
}
