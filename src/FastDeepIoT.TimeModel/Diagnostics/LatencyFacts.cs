using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>A layer as messages about latency name it.</summary>
/// <param name="Name">The node.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Nanoseconds">Its predicted time.</param>
/// <param name="Share">Its share of the whole network.</param>
/// <param name="Advice">What would help, as a clause; null when nothing cheap would.</param>
public sealed record LayerCost(string Name, string Kind, double Nanoseconds, double Share, string? Advice);

/// <summary>A change of one width that would make a network faster.</summary>
/// <param name="Layer">The node.</param>
/// <param name="Advice">The change and what it saves, as a clause.</param>
/// <param name="SavedNanoseconds">What it is predicted to save.</param>
/// <param name="Growth">By which share the width grows: the smaller, the cheaper.</param>
public sealed record LayerFix(string Layer, string Advice, double SavedNanoseconds, double Growth);

/// <summary>What messages about a missed limit say of a model.</summary>
/// <param name="Model">How the user calls the model.</param>
/// <param name="Device">The name of the device model.</param>
/// <param name="Time">The predicted time of one run.</param>
public sealed record LatencyFacts(string Model, string Device, Prediction Time)
{
    /// <summary>The costliest layers, dearest first.</summary>
    public IReadOnlyList<LayerCost> Layers { get; init; } = [];

    /// <summary>Changes of widths that would help, those that save most first.</summary>
    public IReadOnlyList<LayerFix> Fixes { get; init; } = [];

    /// <summary>How such a change is had without changing results, as a clause; null when it takes another network.</summary>
    public string? Padding { get; init; }
}
