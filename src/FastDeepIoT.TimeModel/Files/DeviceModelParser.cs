using System;
using System.Collections.Generic;
using System.Linq;

namespace FastDeepIoT.TimeModel.Files;

/// <summary>Reads a device model from JSON and checks that every name and number means something.</summary>
internal static class DeviceModelParser
{
    internal static DeviceModel Parse(JsonValue root)
    {
        var heldOut = root["heldOut"];
        return new DeviceModel
        {
            Name = root["name"].Text,
            Provenance = ParseProvenance(root["measuredOn"]),
            RunOverheadNanoseconds = root["runOverheadNanoseconds"].Number,
            Split = heldOut["split"].Text,
            NetworkError = heldOut.Find("networks") is { } networks ? ParseError(networks) : null,
            NetworkLowRatio = heldOut["networkLowRatio"].Number,
            NetworkHighRatio = heldOut["networkHighRatio"].Number,
            OwnErrorOfNeighbours = heldOut.Find("ownErrorOfNeighbours") is { } own ? ParseShare(own) : 1,
            LayerErrors = heldOut["layers"].Items.Select(ParseError).ToList(),
            Kinds = ParseKinds(root["kinds"]),
        };
    }

    private static Provenance ParseProvenance(JsonValue value) => new()
    {
        Cpu = value["cpu"].Text,
        Architecture = value["architecture"].Text,
        InstructionSets = value["instructionSets"].Items.Select(item => item.Text).ToList(),
        OperatingSystem = value["operatingSystem"].Text,
        Processors = value["processors"].Integer,
        Runtime = value["runtime"].Text,
        RuntimeVersion = value["runtimeVersion"].Text,
        ExecutionProvider = value["executionProvider"].Text,
        Threads = value["threads"].Integer,
        OptimizationLevel = value["optimizationLevel"].Text,
        Date = value["date"].Text,
        Networks = value["networks"].Integer,
        LayerSamples = value["layerSamples"].Integer,
        Minutes = value["minutes"].Number,
    };

    private static HeldOutError ParseError(JsonValue value) => new(
        value["of"].Text, value["count"].Integer, value["mape"].Number, value["rmspe"].Number,
        value["within5"].Number, value["within10"].Number);

    private static double ParseShare(JsonValue value) => value.Number is >= 0 and <= 1 and var share ? share : throw value.Wrong("a number from 0 to 1");

    private static Dictionary<string, KindModel> ParseKinds(JsonValue value)
    {
        var kinds = new Dictionary<string, KindModel>(StringComparer.Ordinal);
        foreach (var item in value.Items)
        {
            var kind = ParseKind(item);
            if (kinds.ContainsKey(kind.Kind)) throw item.Wrong($"kind '{kind.Kind}' only once");
            kinds.Add(kind.Kind, kind);
        }

        return kinds;
    }

    private static KindModel ParseKind(JsonValue value)
    {
        var name = value["family"].Text;
        var family = LayerFamily.Find(name)
            ?? throw value["family"].Wrong("one of the families " + string.Join(", ", LayerFamily.All));
        return new KindModel
        {
            Kind = value["kind"].Text,
            Family = family,
            Placement = value.Find("placement") is { } placement
                ? ParseTree(placement, feature => PlacementContext.IndexOf(family, feature), ParsePlacement)
                : null,
            Plain = value.Find("plain") is { } plain ? ParseTree(plain, family.IndexOf, leaf => ParseLeaf(leaf, family)) : null,
            Internal = value.Find("internal") is { } inner ? ParseTree(inner, family.IndexOf, leaf => ParseLeaf(leaf, family)) : null,
        };
    }

    private static Tree<T> ParseTree<T>(JsonValue value, Func<string, int> indexOf, Func<JsonValue, T> parseLeaf)
    {
        if (value.Find("if") is not { } feature) return new Tree<T>(parseLeaf(value));

        var multiple = value.Find("isMultipleOf");
        var bound = (multiple ?? value["isAtMost"]).Number;
        if (multiple is not null && (bound < 1 || bound != Math.Floor(bound))) throw multiple.Wrong("a positive integer");
        var condition = new Condition(feature.Text, Known(feature, indexOf), multiple is not null, bound);
        return new Tree<T>(condition, ParseTree(value["then"], indexOf, parseLeaf), ParseTree(value["else"], indexOf, parseLeaf));
    }

    private static Placement ParsePlacement(JsonValue value) => value["place"].Text switch
    {
        nameof(Placement.Plain) => Placement.Plain,
        nameof(Placement.Internal) => Placement.Internal,
        nameof(Placement.InternalFromPlain) => Placement.InternalFromPlain,
        nameof(Placement.Absorbed) => Placement.Absorbed,
        _ => throw value["place"].Wrong("Plain, Internal, InternalFromPlain or Absorbed"),
    };

    private static Regression ParseLeaf(JsonValue value, LayerFamily family)
    {
        var seen = value["seen"];
        // A file may be older than a feature: nothing is known of what its samples had of it.
        double Seen(string feature, int end, double unknown) => seen.Find(feature) is not { } range ? unknown
            : range.Items is { Count: 2 } ends ? ends[end].Number
            : throw range.Wrong("a smallest and a largest value");
        return new Regression
        {
            Terms = value["terms"].Items.Select(term => ParseTerm(term, family)).ToList(),
            Samples = value["samples"].Integer,
            LowRatio = value["lowRatio"].Number,
            HighRatio = value["highRatio"].Number,
            Minimum = family.Descriptors.Select(feature => Seen(feature, 0, double.NegativeInfinity)).ToArray(),
            Maximum = family.Descriptors.Select(feature => Seen(feature, 1, double.PositiveInfinity)).ToArray(),
        };
    }

    private static Term ParseTerm(JsonValue value, LayerFamily family)
    {
        var name = value["per"].Text;
        var quantity = family.FindQuantity(name);
        if (quantity is null && name != "call") throw value["per"].Wrong($"'call' or a quantity of family '{family}'");
        var nanoseconds = value["nanoseconds"].Number;
        if (nanoseconds < 0) throw value["nanoseconds"].Wrong("a time that is not negative");
        var beyond = value.Find("beyond")?.Members
            .Select(member => new Condition(member.Key, Known(member.Key, member.Value, family.IndexOf), false, member.Value.Number)).FirstOrDefault();
        List<Rounding> roundings = [.. ParseRoundings(value, "roundedUp", false, family), .. ParseRoundings(value, "leftOver", true, family)];
        return new Term(quantity, roundings, nanoseconds, beyond, value.Find("where") is { } where ? ParseWhere(where, family) : null);
    }

    private static IEnumerable<Rounding> ParseRoundings(JsonValue value, string name, bool leftOver, LayerFamily family) =>
        value.Find(name)?.Members.Select(member =>
            new Rounding(member.Key, Known(member.Key, member.Value, family.IndexOf), Block(member.Value), leftOver)) ?? [];

    private static Where ParseWhere(JsonValue value, LayerFamily family)
    {
        var (feature, multiple, above) = (value["if"], value.Find("isMultipleOf"), value.Find("isAbove"));
        var otherwise = multiple ?? above ?? value.Find("isNotMultipleOf");
        var bound = (otherwise ?? value["isAtMost"]).Number;
        var isMultiple = otherwise is not null && above is null;
        if (isMultiple && (bound < 1 || bound != Math.Floor(bound))) throw value.Wrong("a multiple of a positive integer");
        return new Where(new Condition(feature.Text, Known(feature, family.IndexOf), isMultiple, bound), multiple is not null || otherwise is null);
    }

    private static int Block(JsonValue value) => value.Integer > 0 ? value.Integer : throw value.Wrong("a positive integer");

    private static int Known(JsonValue feature, Func<string, int> indexOf) => Known(feature.Text, feature, indexOf);

    private static int Known(string feature, JsonValue at, Func<string, int> indexOf) =>
        indexOf(feature) is >= 0 and var index ? index : throw at.Wrong($"a feature of the family, not '{feature}'");
}
