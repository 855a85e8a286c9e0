namespace FastDeepIoT.Onnx;

/// <summary>
/// Widths through LSTM, GRU and RNN. Weights are [directions, gates * hidden, inputs] and [directions, gates * hidden, hidden], biases
/// [directions, 2 * gates * hidden]. A hidden unit whose weights are all zero stays zero.
/// </summary>
internal static class RecurrentWidths
{
    private const int Sequence = 0, InputWeights = 1, StateWeights = 2, Bias = 3, Lengths = 4, State = 5, Cell = 6, Peepholes = 7;

    internal static WidthRule Rule { get; } = new(Couple, Added);

    private static string? Couple(Coupling node)
    {
        var (input, weights, state) = (node.In(Sequence), node.In(InputWeights), node.In(StateWeights));
        if (input.Count != 3 || weights.Count != 3 || state.Count != 3) return "has inputs of another rank";
        if (node.Node.Has("activations") && node.Node.OpType != "RNN" && !DefaultActivations(node)) return "has activations of its own";

        var gates = node.Node.OpType switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        var hidden = state[2];
        node.BindAttribute("hidden_size", 0, hidden);
        node.Fix([input[0], input[1], weights[0], state[0]], "works on this axis as steps, batch or directions");
        node.Unify(weights[2], input[2]);
        node.Contract(Sequence, InputWeights, input[2], rightAxis: 2);
        node.Contract(StateWeights, StateWeights, hidden);
        node.Unify(weights[1], Gates(node, gates, hidden));
        node.Unify(state[1], Gates(node, gates, hidden));
        if (node.Has(Bias)) node.Unify(node.In(Bias)[1], Gates(node, 2 * gates, hidden));
        if (node.Has(State)) node.Unify(node.In(State)[2], hidden);
        if (node.Has(Cell)) node.Unify(node.In(Cell)[2], hidden);
        if (node.Has(Peepholes)) node.Unify(node.In(Peepholes)[1], Gates(node, 3, hidden));
        Outputs(node, input, weights[0], hidden);
        return null;
    }

    private static Extent Gates(Coupling node, int gates, Extent hidden) => node.Product(new FixedExtent(gates), hidden);

    private static void Outputs(Coupling node, IReadOnlyList<Extent> input, Extent directions, Extent hidden)
    {
        hidden = node.Resolve(hidden);
        directions = node.Resolve(directions);
        var batchFirst = node.Node.IntegerOf("layout", 0) == 1;
        var (first, second) = (node.Resolve(input[0]), node.Resolve(input[1]));
        node.Out(0, batchFirst ? [first, second, directions, hidden] : [first, directions, second, hidden]);
        for (var last = 1; last <= 2; last++)
            node.Out(last, batchFirst ? [first, directions, hidden] : [directions, second, hidden]);
    }

    private static bool DefaultActivations(Coupling node)
    {
        IReadOnlyList<string> expected = node.Node.OpType == "LSTM" ? ["Sigmoid", "Tanh", "Tanh"] : ["Sigmoid", "Tanh"];
        var given = node.Node.Attribute.First(attribute => attribute.Name == "activations").Strings.Select(name => name.ToStringUtf8()).ToList();
        return given.Select((name, index) => name == expected[index % expected.Count]).All(same => same);
    }

    private static AddedRange? Added(AddedView view)
    {
        int[] parameters = [InputWeights, StateWeights, Bias, State, Cell, Peepholes];
        var zero = parameters.Where(view.Has).All(view.AddsZero) && !view.Node.Has("activations") && !view.Node.Has("clip");
        return zero ? AddedRange.Zero : AddedRange.Finite;
    }
}
