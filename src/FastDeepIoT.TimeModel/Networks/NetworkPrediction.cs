using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>How the runtime runs a layer, as the device model learned it from the runtime's own optimized graphs.</summary>
public enum Placement
{
    /// <summary>In the layout the model file describes.</summary>
    Plain,

    /// <summary>In the runtime's internal layout, reading tensors in that layout.</summary>
    Internal,

    /// <summary>In the runtime's internal layout, reading its input in the plain layout.</summary>
    InternalFromPlain,

    /// <summary>Not as a layer of its own: the layer before it does the work.</summary>
    Absorbed,
}

/// <summary>The predicted time of one layer, or of one layout change between layers.</summary>
/// <param name="Name">The node, or the tensor whose layout changes.</param>
/// <param name="Kind">The layer's kind.</param>
/// <param name="Layer">The layer that was predicted.</param>
/// <param name="Placement">How the runtime runs it.</param>
/// <param name="Time">Predicted time.</param>
/// <param name="Extrapolates">True when the layer lies outside what the device model saw.</param>
public sealed record LayerPrediction(
    string Name, string Kind, Layer Layer, Placement Placement, Prediction Time, bool Extrapolates);

/// <summary>The predicted time of a network.</summary>
/// <param name="Time">Predicted time of one run.</param>
/// <param name="Layers">Layers and layout changes, in running order; absorbed layers with time 0.</param>
/// <param name="Unmodelled">Operators the device model has no time for, each named once.</param>
public sealed record NetworkPrediction(
    Prediction Time, IReadOnlyList<LayerPrediction> Layers, IReadOnlyList<string> Unmodelled);
