using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>The width groups of a model: which axes must change together, and what the axes of every tensor are made of.</summary>
public sealed class WidthGroups
{
    private readonly WidthAnalysis _analysis;
    private readonly ConstantUses _uses;

    private WidthGroups(WidthAnalysis analysis, ConstantUses uses)
    {
        (_analysis, _uses) = (analysis, uses);
        All = new GroupCollector(analysis, uses).Collect();
        Open = All.Where(group => group.Reason is null).ToList();
    }

    /// <summary>All groups, in the order their first node runs.</summary>
    public IReadOnlyList<WidthGroup> All { get; }

    /// <summary>The groups that can change.</summary>
    public IReadOnlyList<WidthGroup> Open { get; }

    /// <summary>The graph, node for node, with a constant of its own for every input that reads one.</summary>
    public ModelGraph Graph => _analysis.Graph;

    /// <summary>The numbers in the file that have to be rewritten when widths in them change.</summary>
    public IEnumerable<SizeBinding> Bindings =>
        _analysis.Bindings.Select(binding => binding with { Extent = _analysis.Solver.Resolve(binding.Extent) }).Where(binding => binding.Extent.Leaves().Any());

    /// <summary>The tensors and constants with a width that can change in one of their axes.</summary>
    public IEnumerable<string> OpenTensors => _analysis.Tensors.Where(name => AxesOf(name)?.Any(axis => axis.Leaves().Any()) == true);

    /// <summary>Finds the width groups of a model, whatever its free dimensions are.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from, for messages.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform.</exception>
    public static WidthGroups Of(ModelProto model, string? file = null)
    {
        var uses = ConstantUses.Of(model);
        var analysis = new WidthAnalysis(new ModelGraph(uses.Separated, ShapeInference.InferOpen(model, file)));
        AddedRanges.Check(analysis);
        return new WidthGroups(analysis, uses);
    }

    /// <summary>The axes of a tensor, written in widths that can change; null when they are not known.</summary>
    public IReadOnlyList<Extent>? AxesOf(string tensor) => _analysis.AxesOf(tensor)?.Select(_analysis.Solver.Resolve).ToList();

    /// <summary>Whether a constant of <see cref="Graph"/> stands for one of several readers of a constant of the model.</summary>
    public bool IsSeparate(string constant) => _uses.IsSeparate(constant);

    /// <summary>Whether a constant of the model has readers that <see cref="Graph"/> keeps apart.</summary>
    public bool HasSeparateUses(string original) => _uses.HasSeparate(original);

    /// <summary>The name a constant of <see cref="Graph"/> has in the model.</summary>
    public string OriginalOf(string constant) => _uses.OriginalOf(constant);

    /// <summary>The channels of an open group that add nothing to any output, ascending: always zero, or never read.</summary>
    public IReadOnlyList<int> IdleChannelsOf(WidthGroup group) => group.Width is { } width ? new IdleChannels(_analysis, width).Find() : [];

    /// <summary>What elements added to a constant must be: one for divisors, otherwise zero.</summary>
    public int FillOf(string constant) => _analysis.FillWithOne.Contains(constant) ? 1 : 0;
}
