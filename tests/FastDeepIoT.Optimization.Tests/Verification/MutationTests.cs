using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Verification;

/// <summary>Every rewrite is broken on purpose, around every operator that widths go through; verification must see each mutant.</summary>
public sealed class MutationTests
{
    // Operators whose widths never open, each with where its reason is tested.
    private static readonly string[] NeverOpen =
    [
        "Log", "Reciprocal", "Softmax", "LogSoftmax", "Hardmax", "LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization", "LRN",
        "LpNormalization", "MeanVarianceNormalization", "ArgMax", "ArgMin", "ReduceMean", "ReduceLogSum", "Mod", "CumSum", "If",
    ];

    // Zero times infinity is no number: where large inputs overflow, a rewrite that turns weights to zero is refused, which is right.
    private static readonly string[] Overflowing = ["Exp", "Cosh", "Sinh", "Pow", "Div", "divided by constants"];

    public static TheoryData<string> Networks => [.. OperatorNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_mutant_of_growing_widths_is_caught(string network)
    {
        var model = OperatorNetworks.All[network]();
        var groups = WidthGroups.Of(model);

        CatchesAll(network, model, PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => group.Size + 3)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_mutant_of_removing_idle_channels_is_caught(string network)
    {
        var model = OperatorNetworks.All[network]();
        var groups = WidthGroups.Of(model);
        var idle = PadWidths.Apply(model, groups, groups.Open.ToDictionary(group => group, group => group.Size + 2));
        var again = WidthGroups.Of(idle);

        CatchesAll(network, idle, RemoveIdleChannels.Apply(idle, again, RemoveIdleChannels.Find(again)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_mutant_of_folding_equal_channels_is_caught(string network) => CatchesAllOfFolding(network, RedundantChannels.Equal(OperatorNetworks.All[network]()));

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_mutant_of_folding_constant_channels_is_caught(string network) => CatchesAllOfFolding(network, RedundantChannels.Constant(OperatorNetworks.All[network]()));

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_mutant_of_mending_weights_is_caught(string network)
    {
        var model = OperatorNetworks.All[network]();
        Assert.SkipUnless(DenormalWeights.Plant(model), "weights of this one lie in subgraphs");

        CatchesAllIfFinite(network, model, LintFix.Apply(model));
    }

    [Fact]
    public void Every_operator_that_widths_go_through_is_in_a_network_with_mutants()
    {
        var covered = OperatorNetworks.All.Values.Select(make => make()).Where(model => WidthGroups.Of(model).Open.Count > 0)
            .SelectMany(model => model.Graph.Node.Select(node => node.OpType)).ToHashSet();

        Assert.Empty(OperatorNetworks.WithWidths.Except(covered).Except(NeverOpen));
    }

    private static void CatchesAllOfFolding(string network, ModelProto model)
    {
        var groups = WidthGroups.Of(model);
        if (FoldChannels.Find(groups) is { Count: > 0 } channels) CatchesAllIfFinite(network, model, FoldChannels.Apply(model, groups, channels));
    }

    private static void CatchesAllIfFinite(string network, ModelProto original, ModelProto rewritten)
    {
        if (Compare(original, rewritten) is { Passed: false, Reason: { } reason } && reason.Contains("has NaN where", StringComparison.Ordinal)) Assert.Contains(network, Overflowing);
        else CatchesAll(network, original, rewritten);
    }

    private static void CatchesAll(string network, ModelProto original, ModelProto rewritten)
    {
        Assert.True(Compare(original, rewritten).Passed, Compare(original, rewritten).Reason);
        var mutants = Mutants.Of(original, rewritten).ToList();
        var missed = mutants.Where(mutant => !IsKnownEqual(network, mutant) && Compare(original, mutant.Model).Passed)
            .Select(mutant => $"{network}: {mutant.Operator} {mutant.What}").ToList();

        Assert.True(missed.Count == 0, string.Join('\n', missed));
        if (!original.Equals(rewritten)) Assert.NotEmpty(mutants);
    }

    // Mutants that compute the same by mathematics: no comparison of outputs can tell them, and none needs to.
    private static bool IsKnownEqual(string network, Mutant mutant) => network switch
    {
        // Instance normalization takes the mean of each channel away and divides by its deviation: bias and factor of a channel before it are lost.
        "InstanceNormalization" => mutant.Operator == "Conv" && (IsBias(mutant) || mutant.What.Contains("1%", StringComparison.Ordinal)) && !IsLastReader(mutant),
        "batch normalization" => mutant.Operator == "Conv" && mutant.What.StartsWith("weights10 ", StringComparison.Ordinal),

        // What is added to all scores of a row alike is lost in the softmax: a bias before it, and that of the keys.
        "Softmax over rows" => mutant.Operator == "Conv" && IsBias(mutant),
        "attention" => mutant.Operator == "Add" && mutant.What.StartsWith("weights10 ", StringComparison.Ordinal),

        // All that is left of the condition is whether it is zero, which no number of many digits is.
        "branches" => mutant.What.StartsWith("weights4 ", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsBias(Mutant mutant) => mutant.What.Contains(" [", StringComparison.Ordinal) && !mutant.What.Contains(',', StringComparison.Ordinal);

    private static bool IsLastReader(Mutant mutant) => mutant.What.Contains("along axis 1", StringComparison.Ordinal) || mutant.What.Contains("of axis 1", StringComparison.Ordinal);

    private static VerificationResult Compare(ModelProto original, ModelProto rewritten) =>
        Verifier.Compare(original, rewritten, cancellation: TestContext.Current.CancellationToken);
}
