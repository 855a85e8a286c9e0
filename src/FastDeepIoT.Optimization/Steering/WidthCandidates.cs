namespace FastDeepIoT.Optimization;

/// <summary>
/// The sizes worth trying for a group. Between two sizes at which the device model answers its questions alike, the larger one is only
/// more work: the smallest size for every combination of answers is enough.
/// </summary>
internal static class WidthCandidates
{
    // Beyond half again as much, the added work costs more than any step was seen to save.
    private const double LargestGrowth = 1.5;

    /// <summary>Sizes from the original one up, ascending.</summary>
    internal static IReadOnlyList<long> Of(long original, IReadOnlyList<WidthQuestion> questions)
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

    /// <summary>A size rounded up to a block.</summary>
    internal static long RoundUp(long size, long block) => (size + block - 1) / block * block;

    // A narrow width may well double or more to reach a block.
    private static long Most(long size, long block) => Math.Max((long)(size * LargestGrowth), RoundUp(size, block));
}
