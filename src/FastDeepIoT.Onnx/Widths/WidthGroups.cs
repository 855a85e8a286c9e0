using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>The width groups of a model: which axes must change together, and what the axes of every tensor are made of.</summary>
public sealed class WidthGroups
{
    private readonly WidthAnalysis _analysis;
    private readonly ConstantUses _uses;

    private readonly string? _file;
    private readonly Lazy<WidthUses> _widthUses;
    private readonly bool _subgraphs;

    private WidthGroups(WidthAnalysis analysis, ConstantUses uses, string? file, bool subgraphs)
    {
        (_analysis, _uses, _file, _subgraphs) = (analysis, uses, file, subgraphs);
        _widthUses = new Lazy<WidthUses>(() => new WidthUses(analysis));
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

    /// <summary>The lists of positions in the file that have to be rewritten when widths in them change.</summary>
    public IEnumerable<PickBinding> Picks => _analysis.Picks.Select(pick => pick.With(_analysis.Solver.Resolve));

    /// <summary>The tensors and constants with a width that can change in one of their axes.</summary>
    public IEnumerable<string> OpenTensors => _analysis.Tensors.Where(name => AxesOf(name)?.Any(axis => axis.Leaves().Any()) == true);

    /// <summary>Finds the width groups of a model, whatever its free dimensions are.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find weights in other files; without it, these cannot change.</param>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model, FDI3011 when it is missing for this platform.</exception>
    public static WidthGroups Of(ModelProto model, string? file = null) => Of(model, file, subgraphs: true);

    /// <summary>As <see cref="Of(ModelProto, string?)"/>; says whether to follow widths into subgraphs of If, Loop and Scan.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from.</param>
    /// <param name="subgraphs">When false, what a subgraph reads is left alone, and nodes count as they stand in the model.</param>
    public static WidthGroups Of(ModelProto model, string? file, bool subgraphs)
    {
        RuntimeHazards.CheckLoading(model, file);
        var flat = FlatModel.Of(model, subgraphs);
        if (!flat.HasSubgraphs) return Of(model, flat, file);

        try
        {
            return Of(model, flat, file);
        }
        catch (InputException e) when (!e.IsOfFiles)
        {
            // Bodies that do not run by themselves are not looked into.
            return Of(model, FlatModel.Of(model, open: false), file);
        }
    }

    private static WidthGroups Of(ModelProto model, FlatModel flat, string? file)
    {
        var uses = ConstantUses.Of(flat.Model);
        var shapes = flat.HasSubgraphs
            ? ShapeInference.InferOpen(RunnableModel.Of(uses.Separated), file).With(ShapeInference.InferOpen(model, file))
            : ShapeInference.InferOpen(uses.Separated, file);
        var analysis = new WidthAnalysis(new ModelGraph(uses.Separated, shapes), canLoad: file is not null);
        AddedRanges.Check(analysis);
        return new WidthGroups(analysis, uses, file, flat.HasSubgraphs);
    }

    /// <summary>Finds the places of this analysis in the model, or in a copy of it.</summary>
    public ModelPlaces PlacesIn(ModelProto model)
    {
        var flat = FlatModel.Of(model, _subgraphs);
        return new ModelPlaces([.. flat.Nodes.Select(node => node.Real)], flat.Declarations);
    }

    /// <summary>The axes of a tensor, written in widths that can change; null when they are not known.</summary>
    public IReadOnlyList<Extent>? AxesOf(string tensor) => _analysis.AxesOf(tensor)?.Select(_analysis.Solver.Resolve).ToList();

    /// <summary>
    /// Whether a constant of <see cref="Graph"/> stands for one of several readers of a constant of the model, or stands in a subgraph: its reader
    /// then reads another constant when it changes.
    /// </summary>
    public bool IsSeparate(string constant) => _uses.IsSeparate(constant) || FlatModel.IsInner(constant);

    /// <summary>The name a constant of <see cref="Graph"/> has in the model or subgraph it stands in.</summary>
    public static string PlainName(string name) => FlatModel.PlainName(name);

    /// <summary>The name a constant of <see cref="Graph"/> has among all constants of the model and its subgraphs.</summary>
    public string OriginalOf(string constant) => _uses.OriginalOf(constant);

    /// <summary>The channels of an open group that add nothing to any output, ascending: always zero, or never read.</summary>
    public IReadOnlyList<int> IdleChannelsOf(WidthGroup group) => group.Width is { } width ? new IdleChannels(_widthUses.Value, width).Find() : [];

    /// <summary>The channels of an open group that add only what others, or a bias, could add in their place.</summary>
    public IReadOnlyList<FoldedChannel> FoldableChannelsOf(WidthGroup group) =>
        group.Width is { } width ? new FoldableChannels(_widthUses.Value, width).Find() : [];

    /// <summary>A constant of <see cref="Graph"/> with its values, which are read from another file if they lie there; null when there is none of that name.</summary>
    public TensorProto? ValuesOf(string constant) => Graph.Constant(constant) is { } tensor ? ExternalData.Load(tensor, _file) : null;

    /// <summary>What elements added to a constant must be: one for divisors, otherwise zero.</summary>
    public int FillOf(string constant) => _analysis.FillWithOne.Contains(constant) ? 1 : 0;
}
