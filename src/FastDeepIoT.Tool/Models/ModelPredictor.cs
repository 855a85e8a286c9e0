using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Predicts ONNX files on a device.</summary>
internal sealed class ModelPredictor(DeviceModel device, FreeDimensions dimensions)
{
    /// <summary>Predicts one model.</summary>
    /// <exception cref="InputException">The file cannot be read, or the runtime refuses it.</exception>
    internal PredictedModel Predict(string path)
    {
        var model = OnnxFile.Read(path);
        var findings = DimensionNotes.Fix(model, dimensions, path);
        var graph = RuntimeGraph.Of(model, path);
        return new PredictedModel(path, device.Name, device.Predict(graph.Network), findings);
    }
}
