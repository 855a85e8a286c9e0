using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastDeepIoT.Analyzers;

/// <summary>Lets tensors flow through modules: couples the widths that meet and follows sizes from layer to layer.</summary>
internal sealed class ChainReader(InputShape? declared, Constants constants)
{
    private static readonly IReadOnlyList<long> _oneRow = [1];
    private readonly Dictionary<SequentialModule, Flow> _entered = [];

    /// <summary>What first flowed into a sequence; null when nothing has.</summary>
    internal Flow? InputOf(SequentialModule sequence) => _entered.TryGetValue(sequence, out var input) ? input : null;

    /// <summary>What comes out when tensors flow through a module; most modules take one.</summary>
    internal Flow Apply(Module module, params Flow[] inputs)
    {
        if (module is LayerModule { Layer: { Output: { } output } layer }) return Apply(layer, output, inputs);

        foreach (var other in inputs.Skip(1)) other.Escape();
        return Apply(module, inputs[0]);
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
    internal static Flow Flatten(Flow input)
    {
        if (input.IsInput || (input.FeaturesLast && input.Rank is null or 2)) return input;

        // The steps of a sequence become features as well: how many, code does not tell.
        if (input.FeaturesLast) return Lose(input);
        return input.Resize(_ => _oneRow) with { Width = null, FeaturesLast = true, Rank = 2 };
    }

    /// <summary>Like <see cref="Flatten"/>, where code writes how many features that gives.</summary>
    internal static Flow FlattenTo(Flow input, long width, IOperation number)
    {
        if (input.Source is not { } source || input.FeaturesLast || width % source.Width != 0) return Lose(input);

        source.Group.Follow($"view({width})", number, width, unit: 1);
        return Flatten(input) with { Width = width };
    }

    private Flow Apply(Module module, Flow input)
    {
        if (module is SequentialModule entered && !_entered.ContainsKey(entered)) _entered.Add(entered, input);
        return module switch
        {
            SequentialModule sequence => sequence.Modules.Aggregate(input, (flow, next) => Apply(next, [flow])),
            PassModule pass => input.Resize(pass.Rule),
            NormalizationModule normalization => Apply(normalization, input),
            FlattenModule => Flatten(input),
            _ => Lose(input),
        };
    }

    private static Flow Lose(Flow input)
    {
        input.Escape();
        return Flow.Unknown;
    }

    private Flow Apply(ConstructedLayer layer, WidthNode output, IReadOnlyList<Flow> inputs)
    {
        for (var i = 1; i < inputs.Count; i++) ConnectFurther(layer, i, inputs[i]);
        var first = inputs[0];
        var from = layer.Input;
        var fits = from is null || Fits(layer, from, first);
        if (from is not null) Connect(fits ? first : Lose(first), from);

        var sizes = (fits ? first.Sizes : null) ?? SizesBefore(layer, first);
        layer.Sizes ??= sizes;
        var result = new Flow(output)
        {
            Width = layer.Shape is ConvolutionLayer convolution ? convolution.Outputs : output.Width * layer.Shape.OutputFactor,
            Sizes = sizes.Select(size => size is null ? null : layer.Shape.OutputSize(size)).ToList(),
            FeaturesLast = layer.Shape.FeaturesLast,
            Rank = RankOf(layer, first),
        };
        return layer.Shape switch
        {
            RecurrentLayer { IsCell: false } => Flow.Tuple([result, StateOf(output), StateOf(output)]),
            RecurrentLayer { Kind: "LSTM" } => Flow.Tuple([result, result]),
            AttentionLayer => Flow.Tuple([result, Flow.Unknown]),
            _ => result,
        };
    }

    private static int? RankOf(ConstructedLayer layer, Flow input) => layer.Shape switch
    {
        ConvolutionLayer convolution => convolution.Kernel.Count + 2,
        RecurrentLayer { IsCell: true } => 2,
        RecurrentLayer or AttentionLayer or TransformerLayer => 3,
        _ => input.Rank,
    };

    private static Flow StateOf(WidthNode hidden) => new(hidden) { Width = hidden.Width, FeaturesLast = true, Rank = 3, Sizes = Situations.Always(_oneRow) };

    private void ConnectFurther(ConstructedLayer layer, int argument, Flow input)
    {
        if (ReferenceEquals(input, Flow.Absent)) return;

        if (layer.InputOf(argument) is { } reader) Connect(Fits(layer, reader, input) ? input : Lose(input), reader);
        else if (layer.Shape is RecurrentLayer && layer.Output is { } hidden) Feed(hidden, input);
        else input.Escape();
    }

    // A state to start from: one of its own, or a new tensor whose last axis is as long as the state.
    private void Feed(WidthNode hidden, Flow state)
    {
        foreach (var item in state.Items) Feed(hidden, item);
        if (state.Items.Count > 0 || state.Source?.Group == hidden.Group) return;

        if (state.CreatedWidth is { } number && constants.Evaluate(number) == hidden.Width)
            hidden.Group.Follow($"state of {hidden.Layer.Shape}", number, hidden.Width, unit: 1);
        else hidden.Group.Open();
        state.Escape();
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
        if (input.Source is not { } source) return input.Items.Count == 0;
        if (input.FeaturesLast != layer.Shape.FeaturesLast) return false;

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
