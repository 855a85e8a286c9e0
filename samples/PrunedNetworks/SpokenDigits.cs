namespace PrunedNetworks;

/// <summary>Recordings of spoken digits as log-mel spectrograms, with the digits that were spoken.</summary>
internal sealed record SpokenDigits(IReadOnlyList<float[]> Inputs, long[] Digits)
{
    internal int Count => Digits.Length;

    internal static SpokenDigits Read(string path)
    {
        var digits = NumpyArchive.Read<long>(path, "y");
        var spectrograms = NumpyArchive.Read<float>(path, "x");
        return new SpokenDigits([.. spectrograms.Chunk(spectrograms.Length / digits.Length)], digits);
    }

    /// <summary>The share of recordings whose highest output is the digit spoken.</summary>
    internal double Accuracy(IReadOnlyList<float[]> outputs) =>
        outputs.Zip(Digits).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second) / (double)Count;
}
