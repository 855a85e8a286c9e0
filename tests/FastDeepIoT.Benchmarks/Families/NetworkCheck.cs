using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FastDeepIoT.Benchmarks.Families;

/// <summary>Runs a written network and looks at every tensor in it: times mean nothing where values overflow or are denormal.</summary>
internal static class NetworkCheck
{
    private const float Largest = 1e5f;
    private const double MostDenormal = 1e-3;

    /// <summary>What is wrong; nothing when the runtime runs the network and all its values are ordinary.</summary>
    internal static IReadOnlyList<string> Complaints(ModelProto model)
    {
        var open = model.Clone();
        var outputs = open.Graph.Output.Select(output => output.Name).ToHashSet();
        open.Graph.Output.AddRange(open.Graph.Node.SelectMany(node => node.Output).Where(outputs.Add).Select(name => new ValueInfoProto { Name = name }));
        using var options = Runtime.Options(GraphOptimizationLevel.ORT_DISABLE_ALL, threads: 1);
        try
        {
            using var session = new InferenceSession(open.ToByteArray(), options);
            return Run(session, model);
        }
        catch (OnnxRuntimeException e)
        {
            return [e.Message.Split('\n')[0]];
        }
    }

    private static List<string> Run(InferenceSession session, ModelProto model)
    {
        using var run = new RunOptions();
        var inputs = session.InputMetadata.ToDictionary(input => input.Key, input => Ordinary(input.Value));
        using var values = session.Run(run, inputs, session.OutputNames);
        var complaints = session.OutputNames.Zip(values).Select(pair => Complaint(pair.First, pair.Second)).OfType<string>().ToList();
        complaints.AddRange(model.Graph.Output.Where(output => !Declared(output).SequenceEqual(session.OutputMetadata[output.Name].Dimensions))
            .Select(output => $"{output.Name} is not of the declared shape"));
        foreach (var input in inputs.Values) input.Dispose();
        return complaints;
    }

    private static int[] Declared(ValueInfoProto output) => [.. output.Type.TensorType.Shape.Dim.Select(size => (int)size.DimValue)];

    private static OrtValue Ordinary(NodeMetadata input)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, input.ElementDataType, [.. input.Dimensions.Select(size => (long)size)]);
        if (input.ElementDataType != TensorElementType.Float)
        {
            value.GetTensorMutableRawData().Clear();
            return value;
        }

        var dice = Dice.For(0, "inputs");
        foreach (ref var element in value.GetTensorMutableDataAsSpan<float>()) element = 2 * dice.Next() - 1;
        return value;
    }

    private static string? Complaint(string name, OrtValue value)
    {
        if (value.GetTensorTypeAndShape().ElementDataType != TensorElementType.Float) return null;

        var (denormal, largest) = (0, 0f);
        var elements = value.GetTensorDataAsSpan<float>();
        foreach (var element in elements)
        {
            if (float.IsSubnormal(element)) denormal++;
            if (!(Math.Abs(element) <= largest)) largest = Math.Abs(element);
        }

        if (!(largest <= Largest)) return $"{name} reaches {largest}";
        return denormal > MostDenormal * elements.Length ? $"{name} has {denormal} denormal values of {elements.Length}" : null;
    }
}
