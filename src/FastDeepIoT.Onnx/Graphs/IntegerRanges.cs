using FastDeepIoT.Onnx.Format;
using static FastDeepIoT.Onnx.Format.TensorProto.Types;

namespace FastDeepIoT.Onnx;

/// <summary>A division, and what is known of the numbers in it.</summary>
internal readonly record struct IntegerDivision(NodeProto Node, IntegerRange Dividend, IntegerRange Divisor)
{
    /// <summary>Whether it is computed while the model is loaded.</summary>
    internal bool IsConstant => Dividend.IsConstant && Divisor.IsConstant;
}

/// <summary>Which integers the tensors of a model hold, told by one pass over its nodes, those of subgraphs and of the model's own functions included.</summary>
internal sealed class IntegerRanges
{
    private readonly string? _file;
    private readonly ILookup<(string, string), FunctionProto> _functions;
    private readonly List<IntegerDivision> _divisions = [];

    private IntegerRanges(ModelProto model, string? file) =>
        (_file, _functions) = (file, model.Functions.ToLookup(function => (function.Domain, function.Name)));

    /// <summary>All divisions.</summary>
    /// <param name="model">A model whose functions are not nested too deeply (<see cref="FunctionCalls"/>).</param>
    /// <param name="file">The file it came from, to find numbers in other files.</param>
    internal static IReadOnlyList<IntegerDivision> Divisions(ModelProto model, string? file)
    {
        var ranges = new IntegerRanges(model, file);
        var names = new IntegerScope(null);
        ranges.Enter(model.Graph, names, model.Replaceable().Select(tensor => tensor.Name).ToHashSet());
        ranges.Follow(model.Graph.Node, names);
        return ranges._divisions;
    }

    // Of what a caller can give only the type is known.
    private void Enter(GraphProto graph, IntegerScope names, IReadOnlySet<string> replaceable)
    {
        foreach (var input in graph.Input) names[input.Name] = IntegerRange.Of(TypeOf(input));
        foreach (var tensor in graph.Initializer)
            names[tensor.Name] = replaceable.Contains(tensor.Name) ? IntegerRange.Of((DataType)tensor.DataType) : IntegerRange.Of(tensor, _file);
        foreach (var sparse in graph.SparseInitializer.Where(sparse => sparse.Values is not null))
            names[sparse.Values.Name] = IntegerRange.Of((DataType)sparse.Values.DataType) with { IsConstant = true };
    }

    private void Follow(IEnumerable<NodeProto> nodes, IntegerScope names)
    {
        foreach (var node in nodes)
        {
            var inputs = node.Input.Select(name => names[name]).ToList();
            if (IntegerDivisions.Divides(node) && inputs.Count == 2) _divisions.Add(new IntegerDivision(node, inputs[0], inputs[1]));
            var known = Called(node, inputs) ?? Bodies(node, inputs, names);
            var isConstant = node.OpType is "Shape" or "Size" || node.IsRepeatable() && inputs.All(input => input.IsConstant);
            for (var output = 0; output < node.Output.Count; output++)
            {
                var range = known is null ? Computed(node, inputs, output) : output < known.Count ? known[output] : IntegerRange.Unknown;
                names[node.Output[output]] = range with { IsConstant = isConstant || (known is not null && range.IsConstant) };
            }
        }
    }

    private IntegerRange Computed(NodeProto node, IReadOnlyList<IntegerRange> inputs, int output)
    {
        if (node.OpType == "Constant")
            return node.Attribute is [{ RefAttrName.Length: 0 }] && ConstantValue.Of(node) is { } value ? IntegerRange.Of(value, _file) : IntegerRange.Unknown;

        return OperatorTable.Find(node.OpType) is not { } known || node.Domain is not ("" or "ai.onnx") ? IntegerRange.Unknown
            : known.Integers is { } rule ? rule(new IntegerView(node, inputs, output))
            : output == 0 && inputs.Count > 0 ? IntegerRange.FloatingOf(inputs[0])
            : IntegerRange.Unknown;
    }

    // A function of the model is followed with what each of its calls gives it.
    private List<IntegerRange>? Called(NodeProto node, IReadOnlyList<IntegerRange> inputs)
    {
        List<IntegerRange>? results = null;
        foreach (var function in _functions[(node.Domain, node.OpType)])
        {
            var names = new IntegerScope(null);
            foreach (var (name, input) in function.Input.Zip(inputs)) names[name] = input;
            Follow(function.Node, names);
            results = Merged(results, [.. function.Output.Select(name => names[name])]);
        }

        return results;
    }

    // What goes round in a loop, or comes in one by one, is known by its type only.
    private List<IntegerRange>? Bodies(NodeProto node, IReadOnlyList<IntegerRange> inputs, IntegerScope outer)
    {
        List<IntegerRange>? results = null;
        foreach (var body in node.Subgraphs())
        {
            var names = new IntegerScope(outer);
            Enter(body, names, new HashSet<string>());
            foreach (var (input, range) in body.Input.Zip(inputs).Where(pair => TypeOf(pair.First) is null)) names[input.Name] = IntegerRange.Of(range.Type);
            Follow(body.Node, names);
            var ended = body.Output.Select(output => names[output.Name]);
            results = Merged(results, node.OpType == "If" ? [.. ended] : [.. ended.Skip(node.OpType == "Loop" ? 1 : 0).Select(range => IntegerRange.Of(range.Type))]);
        }

        return results;
    }

    private static List<IntegerRange> Merged(List<IntegerRange>? left, List<IntegerRange> right) =>
        left is null ? right : [.. left.Zip(right, (one, other) => one.Or(other) with { IsConstant = one.IsConstant || other.IsConstant })];

    private static DataType? TypeOf(ValueInfoProto value) => value.Type?.TensorType is { ElemType: not 0 } tensor ? (DataType)tensor.ElemType : null;
}
