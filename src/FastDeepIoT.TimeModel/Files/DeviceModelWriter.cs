using System.Collections.Generic;
using System.Linq;
using Members = System.Collections.Generic.IReadOnlyList<(string, object?)>;

namespace FastDeepIoT.TimeModel.Files;

/// <summary>Lays a device model out as JSON members.</summary>
internal static class DeviceModelWriter
{
    internal static Members Members(DeviceModel model) => Object(
        ("format", DeviceModelFile.FormatVersion),
        ("name", model.Name),
        ("measuredOn", Device(model.Provenance)),
        ("runOverheadNanoseconds", model.RunOverheadNanoseconds),
        ("heldOut", HeldOut(model)),
        ("kinds", Array(model.Kinds.Values.OrderBy(kind => kind.Kind, System.StringComparer.Ordinal).Select(Kind))));

    private static Members Device(Provenance provenance) => Object(
        ("cpu", provenance.Cpu),
        ("architecture", provenance.Architecture),
        ("instructionSets", Array(provenance.InstructionSets)),
        ("operatingSystem", provenance.OperatingSystem),
        ("processors", provenance.Processors),
        ("runtime", provenance.Runtime),
        ("runtimeVersion", provenance.RuntimeVersion),
        ("executionProvider", provenance.ExecutionProvider),
        ("threads", provenance.Threads),
        ("optimizationLevel", provenance.OptimizationLevel),
        ("date", provenance.Date),
        ("networks", provenance.Networks),
        ("layerSamples", provenance.LayerSamples),
        ("minutes", provenance.Minutes));

    private static Members HeldOut(DeviceModel model) => Object(
        ("split", model.Split),
        ("networks", model.NetworkError is { } error ? Error(error) : null),
        ("networkLowRatio", model.NetworkLowRatio),
        ("networkHighRatio", model.NetworkHighRatio),
        ("ownErrorOfNeighbours", model.OwnErrorOfNeighbours < 1 ? model.OwnErrorOfNeighbours : null),
        ("layers", Array(model.LayerErrors.Select(Error))));

    private static Members Error(HeldOutError error) => Object(
        ("of", error.Of), ("count", error.Count), ("mape", error.Mape), ("rmspe", error.Rmspe),
        ("within5", error.Within5), ("within10", error.Within10));

    private static Members Kind(KindModel kind) => Object(
        ("kind", kind.Kind),
        ("family", kind.Family.Name),
        ("placement", kind.Placement is { } placement ? Tree(placement, leaf => Object(("place", leaf.ToString()))) : null),
        ("plain", kind.Plain is { } plain ? Tree(plain, leaf => Leaf(leaf, kind.Family)) : null),
        ("internal", kind.Internal is { } inner ? Tree(inner, leaf => Leaf(leaf, kind.Family)) : null));

    private static Members Tree<T>(Tree<T> tree, System.Func<T, Members> leaf) => tree.Condition is not { } condition
        ? leaf(tree.Leaf)
        : Object(
            ("if", condition.Feature),
            (condition.IsMultiple ? "isMultipleOf" : "isAtMost", condition.Value),
            ("then", Tree(tree.Yes!, leaf)),
            ("else", Tree(tree.No!, leaf)));

    private static Members Leaf(Regression leaf, LayerFamily family) => Object(
        ("terms", Array(leaf.Terms.Select(Term))),
        ("samples", leaf.Samples),
        ("lowRatio", leaf.LowRatio),
        ("highRatio", leaf.HighRatio),
        ("seen", Object([.. family.Descriptors.Select((feature, i) =>
            (feature, double.IsInfinity(leaf.Minimum[i]) ? null : (object?)Array<object?>([leaf.Minimum[i], leaf.Maximum[i]])))])));

    private static Members Term(Term term) => Object(
        ("per", term.Quantity?.Name ?? "call"),
        ("nanoseconds", term.NanosecondsPerUnit),
        ("beyond", term.Beyond is { } beyond ? Object((beyond.Feature, beyond.Value)) : null),
        ("roundedUp", Roundings(term, leftOver: false)),
        ("leftOver", Roundings(term, leftOver: true)),
        ("where", term.Where is { } where ? Where(where) : null));

    private static Members? Roundings(Term term, bool leftOver) =>
        term.Roundings.Where(rounding => rounding.LeftOver == leftOver).ToList() is { Count: > 0 } roundings
            ? Object([.. roundings.Select(rounding => (rounding.Feature, (object?)rounding.Block))])
            : null;

    private static Members Where(Where where) => Object(
        ("if", where.Condition.Feature),
        (where.Condition.IsMultiple ? where.Answer ? "isMultipleOf" : "isNotMultipleOf" : where.Answer ? "isAtMost" : "isAbove", where.Condition.Value));

    // Absent is shorter than null, and reads the same.
    private static Members Object(params (string, object?)[] members) => members.Where(member => member.Item2 is not null).ToList();

    private static IReadOnlyList<object?> Array<T>(IEnumerable<T> items) => items.Select(item => (object?)item).ToList();
}
