using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>Lets tensors flow through modules: couples the widths that meet and follows sizes from layer to layer.</summary>
internal sealed class ChainReader(InputShape? declared)
{
    private static readonly IReadOnlyList<long> _oneRow = [1];
    private readonly HashSet<Module> _applied = [];

    /// <summary>Whether something has flowed through that module.</summary>
    internal bool HasApplied(Module module) => _applied.Contains(module);

    /// <summary>What comes out when <paramref name="input"/> flows through a module.</summary>
    internal Flow Apply(Module module, Flow input)
    {
        _applied.Add(module);
        return module switch
        {
            LayerModule { Layer: { Input: { } from, Output: { } to } layer } => Apply(layer, from, to, input),
            SequentialModule sequence => sequence.Modules.Aggregate(input, (flow, next) => Apply(next, flow)),
            PassModule pass => input.Resize(pass.Rule),
            NormalizationModule normalization => Apply(normalization, input),
            FlattenModule => Flatten(input),
            _ => Lose(input),
        };
    }

    /// <summary>Two tensors combined element by element, so that their widths are one.</summary>
    internal static Flow Combine(Flow left, Flow right)
    {
        if (left.Source is not { } source || right.Source is not { } other || left.Width is null || left.Width != right.Width)
        {
            left.Escape();
            right.Escape();
            return left.Source is null && right.Source is null ? left : Flow.Unknown;
        }

        source.Group.Join(other.Group);
        other.Layer.IsRead = true;
        return left;
    }

    /// <summary>Joins channels and spatial axes; one item a batch is assumed, as in inference.</summary>
    internal static Flow Flatten(Flow input) => input.FeaturesLast || input.IsInput
        ? input
        : input.Resize(_ => _oneRow) with { Width = null, FeaturesLast = true };

    /// <summary>Like <see cref="Flatten"/>, where code writes how many features that gives.</summary>
    internal static Flow FlattenTo(Flow input, long width, IOperation number)
    {
        if (input.Source is not { } source || input.FeaturesLast || width % source.Width != 0) return Lose(input);

        source.Group.Follow($"view({width})", number, width, unit: 1);
        return Flatten(input) with { Width = width };
    }

    private static Flow Lose(Flow input)
    {
        input.Escape();
        return Flow.Unknown;
    }

    private Flow Apply(ConstructedLayer layer, WidthNode from, WidthNode to, Flow input)
    {
        var fits = Fits(layer, from, input);
        Connect(fits ? input : Lose(input), from);
        var sizes = (fits ? input.Sizes : null) ?? SizesBefore(layer, input);
        layer.Sizes ??= sizes;
        return new Flow(to)
        {
            Width = layer.Shape is ConvolutionLayer convolution ? convolution.Outputs : to.Width,
            Sizes = sizes.Select(size => size is null ? null : layer.Shape.OutputSize(size)).ToList(),
            FeaturesLast = layer.Shape is LinearLayer,
        };
    }

    private IReadOnlyList<IReadOnlyList<long>?> SizesBefore(ConstructedLayer layer, Flow input) =>
        input.IsInput && declared?.SizeFor(layer) is { } size ? Situations.Always(size) : Situations.Spread;

    private static void Connect(Flow input, WidthNode reader)
    {
        if (input.Source is not { } source)
        {
            reader.Group.Open();
            return;
        }

        source.Group.Join(reader.Group);
        source.Layer.IsRead = true;
        reader.Layer.IsFed = true;
    }

    // What does not fit was misread here, or is a mistake that is not ours to report.
    private static bool Fits(ConstructedLayer layer, WidthNode reader, Flow input)
    {
        if (input.Source is not { } source) return true;
        if (input.FeaturesLast != layer.Shape is LinearLayer) return false;

        return input.Width is { } width ? width == reader.Width : reader.Width % source.Width == 0;
    }

    private static Flow Apply(NormalizationModule normalization, Flow input)
    {
        if (input.Source is not { } source) return input;

        var fits = normalization.Value is { } value && (input.Width is { } width ? value == width : value % source.Width == 0);
        if (!fits || normalization.Number is null || (normalization.FeaturesLast && !input.FeaturesLast))
        {
            input.Escape();
            return input;
        }

        source.Group.Follow(normalization.ToString(), normalization.Number, normalization.Value!.Value, normalization.Unit);
        return input;
    }
}
