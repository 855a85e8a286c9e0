using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.Analyzers;

/// <summary>The factories of <c>torch.nn</c>. They share their parameters' names, of which some changed between versions.</summary>
internal static class TorchSharpSignatures
{
    private static readonly Dictionary<LayerParameter, ParameterSource> _parameters = new()
    {
        [LayerParameter.Inputs] = Named("in_channels", "inputChannel", "inputSize", "in_features", "in1_features"),
        [LayerParameter.OtherInputs] = Named("in2_features"),
        [LayerParameter.Outputs] = Named("out_channels", "outputChannel", "outputSize", "out_features", "embedding_dims"),
        [LayerParameter.Items] = Named("num_embeddings"),
        [LayerParameter.Kernel] = Named("kernel_size", "kernelSize"),
        [LayerParameter.Stride] = Named("stride", "strides"),
        [LayerParameter.Padding] = Named("padding"),
        [LayerParameter.Dilation] = Named("dilation"),
        [LayerParameter.OutputPadding] = Named("output_padding", "outputPadding"),
        [LayerParameter.Groups] = Named("groups"),
        [LayerParameter.PaddingMode] = Named("padding_mode", "paddingMode"),
        [LayerParameter.Hidden] = Named("hiddenSize"),
        [LayerParameter.Layers] = Named("numLayers"),
        [LayerParameter.Bidirectional] = Named("bidirectional"),
        [LayerParameter.Embedding] = Named("embedded_dim", "d_model"),
        [LayerParameter.Heads] = Named("num_heads", "nhead"),
        [LayerParameter.Keys] = Named("kdim"),
        [LayerParameter.Values] = Named("vdim"),
        [LayerParameter.FeedForward] = Named("dim_feedforward"),
        [LayerParameter.Encoders] = Named("num_encoder_layers"),
        [LayerParameter.Decoders] = Named("num_decoder_layers"),
    };

    private static readonly Dictionary<string, LayerSignature> _signatures =
        LayerReader.Kinds.ToDictionary(kind => kind.Name, kind => new LayerSignature(kind.Name, _parameters), StringComparer.Ordinal);

    /// <summary>The names of all factories of layers with widths.</summary>
    internal static IEnumerable<string> Names => _signatures.Keys;

    /// <summary>The signature of a factory; null when it makes no layer with widths.</summary>
    internal static LayerSignature? Find(string factory) => _signatures.TryGetValue(factory, out var signature) ? signature : null;

    private static ParameterSource Named(params string[] names) => new(null, names);
}
