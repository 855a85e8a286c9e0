using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Optimization;

/// <summary>
/// The sizes worth trying for a group. Between two sizes at which the device model answers its questions alike, the larger one is only
/// more work: the smallest size for every combination of answers is enough.
/// </summary>
internal sealed class WidthCandidates(WidthEstimate estimate, DeviceModel device)
{
    // Beyond half again as much, the added work costs more than any step was seen to save.
    private const double LargestGrowth = 1.5;

    private readonly WidthQuestions _questions = new(estimate, device);
    private readonly (IReadOnlyList<WidthQuestion> Questions, IReadOnlyList<long> Sizes)[] _known = new (IReadOnlyList<WidthQuestion>, IReadOnlyList<long>)[estimate.Groups.Count];

    /// <summary>Sizes of a group from the original one up, ascending, with all other groups at the sizes at hand.</summary>
    internal IReadOnlyList<long> Of(int group)
    {
        var questions = _questions.About(group);
        if (_known[group].Questions is { } known && known.SequenceEqual(questions)) return _known[group].Sizes;

        var sizes = Of(estimate.Groups[group].Size, questions);
        _known[group] = (questions, sizes);
        return sizes;
    }

    /// <summary>A size rounded up to a block.</summary>
    internal static long RoundUp(long size, long block) => (size + block - 1) / block * block;

    private static List<long> Of(long original, IReadOnlyList<WidthQuestion> questions)
    {
        var largest = questions.Where(question => question.IsMultiple).Select(question => (long)question.Value).DefaultIfEmpty(1).Max();
        var (sizes, seen, answers) = (new List<long>(), new HashSet<string>(), new char[questions.Count]);
        for (var size = original; size <= Most(original, largest); size++)
        {
            for (var index = 0; index < answers.Length; index++) answers[index] = questions[index].Holds(size) ? '1' : '0';
            if (seen.Add(new string(answers))) sizes.Add(size);
        }

        return sizes;
    }

    // A narrow width may well double or more to reach a block.
    private static long Most(long size, long block) => Math.Max((long)(size * LargestGrowth), RoundUp(size, block));
}
