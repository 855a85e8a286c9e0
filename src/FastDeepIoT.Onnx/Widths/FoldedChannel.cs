namespace FastDeepIoT.Onnx;

/// <summary>A channel that its readers need not read: what it adds, another channel or a bias can add.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Into">The channel that it is a multiple of wherever it is read; null when it always has the same value.</param>
/// <param name="Shares">What each reader does in its place.</param>
/// <param name="IsConstant">Whether it always has the same value.</param>
public sealed record FoldedChannel(int Channel, int? Into, IReadOnlyList<ChannelShare> Shares, bool IsConstant);

/// <summary>What a reader of a channel does instead of reading it.</summary>
/// <param name="Node">Index of the reader in the graph.</param>
/// <param name="Weights">Its input that holds the weights the channel is multiplied with.</param>
/// <param name="Slices">Where the channels lie in those weights.</param>
/// <param name="Factor">The channel as a multiple of the other one, or the value it always has.</param>
/// <param name="Bias">Where the value goes that is always added; null when another channel takes the share.</param>
public sealed record ChannelShare(int Node, int Weights, ChannelSlices Slices, double Factor, BiasPlace? Bias);

/// <summary>An input that is added to a node's result, one number for each of its output channels.</summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Input">The input, which need not be there yet.</param>
/// <param name="Scale">What it is multiplied with before it is added.</param>
/// <param name="Gain">What the products are multiplied with before it is added.</param>
public sealed record BiasPlace(int Node, int Input, double Scale = 1, double Gain = 1);
