namespace FastDeepIoT.Optimization;

/// <summary>How the values of an array become those of an input of the model: <c>(value * scale - mean) / std</c>.</summary>
public sealed record Preprocessing
{
    /// <summary>Values as they are.</summary>
    public static Preprocessing None { get; } = new();

    /// <summary>What values are multiplied by first, for instance 1/255.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What is subtracted: one number, or one a channel. Null: the array <c>mean</c> of the data, or nothing.</summary>
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>What is divided by last: one number, or one a channel. Null: the array <c>std</c> of the data, or nothing.</summary>
    public IReadOnlyList<double>? Std { get; init; }

    /// <summary>Whether arrays have their channels last where the model wants them right after the batch.</summary>
    public bool ChannelsLast { get; init; }

    internal Preprocessing WithDefaults(IReadOnlyDictionary<string, NumpyArray> arrays) => this with
    {
        Mean = Mean ?? Numbers(arrays.GetValueOrDefault("mean")),
        Std = Std ?? Numbers(arrays.GetValueOrDefault("std")),
    };

    /// <summary>A factor and a summand for each channel.</summary>
    internal (float Factor, float Summand)[] Affine(int channels) => Enumerable.Range(0, channels).Select(channel =>
    {
        var (mean, std) = (At(Mean, channel, 0), At(Std, channel, 1));
        return ((float)(Scale / std), (float)(-mean / std));
    }).ToArray();

    private static double At(IReadOnlyList<double>? values, int channel, double otherwise) => values switch
    {
        null or { Count: 0 } => otherwise,
        [var only] => only,
        _ => values[channel],
    };

    private static List<double>? Numbers(NumpyArray? array) => array is null ? null : Enumerable.Range(0, array.Count).Select(index => array[index]).ToList();
}
