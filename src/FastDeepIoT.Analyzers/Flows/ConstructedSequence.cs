namespace FastDeepIoT.Analyzers;

/// <summary>A sequence of modules that code constructs.</summary>
/// <param name="Module">The modules.</param>
/// <param name="IsPart">Whether it is an element of another sequence.</param>
/// <param name="Input">The shape of one item that flows in; null when it is not known.</param>
internal sealed record ConstructedSequence(SequentialModule Module, bool IsPart, InputShape? Input);
