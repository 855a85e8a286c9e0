using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Onnx;

/// <summary>What a model may hold that the runtime does not look at before it ends the process or takes all memory.</summary>
public static class RuntimeHazards
{
    /// <summary>Refuses a model that the runtime would not get through loading, which computes what it can from constants.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find numbers in other files.</param>
    /// <exception cref="InputException">FDI3010.</exception>
    public static void CheckLoading(ModelProto model, string? file)
    {
        FunctionCalls.Check(model, file);
        EmptyBiases.Check(model, file);
        IntegerDivisions.CheckLoading(model, file);
        ComputedSizes.Check(model, file);
    }

    /// <summary>Refuses a model that the runtime would not get through running at the sizes its inputs are declared with, or through loading.</summary>
    /// <param name="model">A model whose free dimensions are fixed; not changed.</param>
    /// <param name="file">The file it came from: for messages, and to find numbers in other files.</param>
    /// <exception cref="InputException">FDI3010.</exception>
    public static void CheckRunning(ModelProto model, string? file)
    {
        CheckLoading(model, file);
        IntegerDivisions.CheckRunning(model, file);
        EmptyTensors.Check(new ModelGraph(model, ShapeInference.Infer(model, file)), file);
    }
}
