using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using Microsoft.ML.OnnxRuntime;

namespace FastDeepIoT.Optimization;

/// <summary>A model opened for running: in one session, or a long one in a session for each of its pieces, which run one after the other.</summary>
internal sealed class SessionChain : IDisposable
{
    private readonly List<InferenceSession> _sessions = [];

    private SessionChain(IReadOnlyList<string> outputs) => Outputs = outputs;

    /// <summary>The inputs of the model.</summary>
    internal IReadOnlyDictionary<string, NodeMetadata> Inputs { get; private set; } = new Dictionary<string, NodeMetadata>();

    /// <summary>The names of its outputs.</summary>
    internal IReadOnlyList<string> Outputs { get; }

    /// <summary>Opens a model in memory.</summary>
    /// <exception cref="TimeModel.InputException">FDI3010 when the runtime refuses it.</exception>
    internal static SessionChain Open(ModelProto model, SessionOptions options, string? file)
    {
        var chain = new SessionChain([.. model.Graph.Output.Select(output => output.Name)]);
        try
        {
            foreach (var piece in GraphPieces.Of(model, file)?.Models ?? [model]) chain._sessions.Add(Runtime.Open(OnnxFile.BytesOf(piece), options, file));
        }
        catch
        {
            chain.Dispose();
            throw;
        }

        var made = chain._sessions.SelectMany(session => session.OutputNames).ToHashSet();
        chain.Inputs = chain._sessions.SelectMany(session => session.InputMetadata).Where(input => !made.Contains(input.Key)).DistinctBy(input => input.Key).ToDictionary();
        return chain;
    }

    /// <summary>Opens a model in a file.</summary>
    /// <exception cref="TimeModel.InputException">FDI3010 when the runtime refuses it.</exception>
    internal static SessionChain Open(string path, SessionOptions options)
    {
        var session = Runtime.Open(path, options);
        return new SessionChain(session.OutputNames) { _sessions = { session }, Inputs = session.InputMetadata };
    }

    /// <summary>Runs the model.</summary>
    /// <exception cref="OnnxRuntimeException">It does not run on these inputs, or was stopped.</exception>
    internal IReadOnlyList<OutputLeaf> Run(RunOptions options, InputSet inputs)
    {
        var values = inputs.Names.Zip(inputs.Values).ToDictionary(input => input.First, input => input.Second);
        var computed = new List<IDisposableReadOnlyCollection<OrtValue>>();
        try
        {
            foreach (var session in _sessions)
            {
                var given = session.InputNames.Where(values.ContainsKey).ToList();
                computed.Add(session.Run(options, given, [.. given.Select(name => values[name])], session.OutputNames));
                foreach (var (name, value) in session.OutputNames.Zip(computed[^1])) values[name] = value;
            }

            return OutputLeaf.Of(Outputs, [.. Outputs.Select(name => values[name])]);
        }
        finally
        {
            foreach (var outputs in computed) outputs.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
    }
}
