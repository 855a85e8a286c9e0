namespace FastDeepIoT.Tool;

/// <summary>Maps values to places in a drawing.</summary>
internal sealed record Scale(double From, double To, double PlaceFrom, double PlaceTo)
{
    /// <summary>The place of a value.</summary>
    internal double At(double value) => PlaceFrom + (value - From) / Math.Max(double.Epsilon, To - From) * (PlaceTo - PlaceFrom);

    /// <summary>Round values that divide the range into about <paramref name="count"/> parts.</summary>
    internal IEnumerable<double> Ticks(int count)
    {
        var rough = (To - From) / count;
        if (rough <= 0 || !double.IsFinite(rough)) yield break;

        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= rough);
        for (var index = Math.Ceiling(From / step); index * step <= To; index++) yield return index * step;
    }
}
