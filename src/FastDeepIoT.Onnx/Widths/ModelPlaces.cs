using FastDeepIoT.Onnx.Format;

namespace FastDeepIoT.Onnx;

/// <summary>Where the nodes and tensors of width groups stand in a model.</summary>
/// <param name="Nodes">For every node of the groups' graph the node of the model with its inputs and attributes; null where there is none.</param>
/// <param name="Declarations">What subgraphs declare of their tensors, with the names of these in the groups' graph.</param>
public sealed record ModelPlaces(IReadOnlyList<NodeProto?> Nodes, IReadOnlyList<(ValueInfoProto Value, string Name)> Declarations);
