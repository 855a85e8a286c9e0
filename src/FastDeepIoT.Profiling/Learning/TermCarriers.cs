using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Profiling.Learning;

/// <summary>Tells whether the layers that a term would be charged to, and the networks they are in, are enough to know its time by.</summary>
internal sealed class TermCarriers
{
    // Of the networks that have layers of the kind.
    private const double FewestCarriers = 8;
    private const double LeastShareOfCarriers = 0.05;

    // So many of the carriers with the least and with the most of an amount are left out of account.
    private const double UnusualShare = 0.1;

    // What differs less than this from layer to layer cannot be told from a call.
    private const double LeastSpread = 1.5;

    // The largest layers in large surroundings have at least this share of what the largest layers have anywhere.
    private const double LeastReach = 0.2;
    private readonly int[] _networks;
    private readonly float[] _sums;
    private readonly Dictionary<Quantity, (int[] Places, double[] Amounts)> _ascending;

    /// <summary>Looks at a part of the samples.</summary>
    internal TermCarriers(SampleTable table, int[] part)
    {
        var numbers = part.Select(sample => table.Networks[sample]).Distinct().Select((network, number) => (network, number)).ToDictionary(pair => pair.network, pair => pair.number);
        _networks = Array.ConvertAll(part, sample => numbers[table.Networks[sample]]);
        _sums = new float[numbers.Count];
        _ascending = table.Family.Quantities.ToDictionary(quantity => quantity, quantity => Ascending(quantity, table, part));
    }

    /// <summary>
    /// Whether a term can be learned: enough networks carry it, and its carriers differ in the amount. What is the same for nearly all of them stands in
    /// for a call; charged by its size, it would be absurd for a layer with more. So would be a surcharge for large surroundings that only small
    /// layers were seen in.
    /// </summary>
    /// <param name="term">The term.</param>
    /// <param name="column">How much of it each sample has, weighted.</param>
    internal bool Suffice(Term term, float[] column) =>
        AreMany(column) && (term.Quantity is null || (Vary(term.Quantity, column) && (!IsForLargeSurroundings(term) || ReachFar(term.Quantity, column))));

    /// <summary>Whether the samples that have something in a column differ in an amount.</summary>
    internal bool Vary(Quantity quantity, float[] column)
    {
        var (places, amounts) = _ascending[quantity];
        var count = Count(column);
        return count > 0 && amounts[Last(places, column, count)] > amounts[First(places, column, count)] * LeastSpread;
    }

    // What only a few networks have says more about those networks than about the device, however often they repeat a layer.
    private bool AreMany(float[] column)
    {
        Array.Clear(_sums);
        for (var place = 0; place < column.Length; place++) _sums[_networks[place]] += column[place];
        var (sum, squares) = (TensorPrimitives.Sum<float>(_sums), TensorPrimitives.SumOfSquares<float>(_sums));
        return squares > 0 && sum * sum / squares >= Math.Max(FewestCarriers, LeastShareOfCarriers * _sums.Length);
    }

    private bool ReachFar(Quantity quantity, float[] column)
    {
        var (places, amounts) = _ascending[quantity];
        return amounts[Last(places, column, Count(column))] >= LeastReach * amounts[(int)((1 - UnusualShare) * (amounts.Length - 1))];
    }

    private static bool IsForLargeSurroundings(Term term) => LayerFamily.Surroundings.Contains(term.Beyond?.Feature)
        || (term.Where is { Answer: false } where && LayerFamily.Surroundings.Contains(where.Condition.Feature));

    private static int Count(float[] column)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(column);
        var counts = Vector<int>.Zero;
        foreach (var vector in vectors) counts -= Vector.GreaterThan(vector, Vector<float>.Zero); // true is -1
        var count = Vector.Sum(counts);
        foreach (var value in column.AsSpan(vectors.Length * Vector<float>.Count))
            if (value > 0) count++;
        return count;
    }

    // The place of the carrier with the least of an amount, but for unusual ones.
    private static int First(int[] places, float[] column, int count)
    {
        var (place, few) = (0, (int)(UnusualShare * count));
        while (column[places[place]] <= 0 || few-- > 0) place++;
        return place;
    }

    private static int Last(int[] places, float[] column, int count)
    {
        var (place, few) = (places.Length - 1, (int)(UnusualShare * count));
        while (column[places[place]] <= 0 || few-- > 0) place--;
        return place;
    }

    private static (int[] Places, double[] Amounts) Ascending(Quantity quantity, SampleTable table, int[] part)
    {
        var amounts = Array.ConvertAll(part, sample => quantity.Of(table.Values[sample]));
        var places = Enumerable.Range(0, amounts.Length).ToArray();
        Array.Sort(amounts, places);
        return (places, amounts);
    }
}
