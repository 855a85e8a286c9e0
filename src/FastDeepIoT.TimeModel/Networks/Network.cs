using System.Collections.Generic;

namespace FastDeepIoT.TimeModel;

/// <summary>A value that flows between layers; <paramref name="Shape"/> in elements, outermost axis first.</summary>
public sealed record NetworkTensor(string Name, IReadOnlyList<long> Shape);

/// <summary>
/// A layer in its place: which tensors it reads and writes, as indices into <see cref="Network.Tensors"/>. Weights and other
/// constants are part of the layer and are not listed. A null <paramref name="Layer"/> is an operator nobody described.
/// </summary>
/// <param name="Name">The name of the node, unique in the network.</param>
/// <param name="Operator">The operator as the runtime names it, for instance <c>FusedConv</c>.</param>
/// <param name="Layer">What is timed, or null when the operator is not known.</param>
/// <param name="Inputs">Tensors read.</param>
/// <param name="Outputs">Tensors written.</param>
public sealed record NetworkLayer(
    string Name, string Operator, Layer? Layer, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs);

/// <summary>A network as layers in an order in which they can run.</summary>
public sealed record Network(
    IReadOnlyList<NetworkTensor> Tensors, IReadOnlyList<NetworkLayer> Layers, IReadOnlyList<int> GraphOutputs);
