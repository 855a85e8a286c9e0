namespace FastDeepIoT.TimeModel;

/// <summary>What a device model knows of one kind of layer: how the runtime places it, and how long it takes there.</summary>
public sealed record KindModel
{
    /// <summary>The kind, as <see cref="Layer.Kind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The family whose features the trees ask about.</summary>
    public required LayerFamily Family { get; init; }

    /// <summary>How a layer is placed, by its features and its neighbours; null when it is always plain.</summary>
    public Tree<Placement>? Placement { get; init; }

    /// <summary>Times in the plain layout; null when none was seen there.</summary>
    public Tree<Regression>? Plain { get; init; }

    /// <summary>Times in the runtime's internal layout; null when none was seen there.</summary>
    public Tree<Regression>? Internal { get; init; }

    /// <summary>The tree for a placement, or the other one when only that was seen.</summary>
    public Tree<Regression>? TimesOf(Placement placement) =>
        placement is TimeModel.Placement.Internal or TimeModel.Placement.InternalFromPlain ? Internal ?? Plain : Plain ?? Internal;
}
