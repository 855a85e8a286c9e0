using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Predicts ONNX files on a device.</summary>
internal sealed class ModelPredictor(DeviceModel device, FreeDimensions dimensions)
{
    private readonly LayerCliffs _cliffs = new(device);

    /// <summary>Predicts one model.</summary>
    /// <exception cref="InputException">The file cannot be read, or the runtime refuses it.</exception>
    internal PredictedModel Predict(string path)
    {
        var model = OnnxFile.Read(path);
        var findings = DimensionNotes.Fix(model, dimensions, path);
        var network = RuntimeGraph.Of(model, path).Network;
        var prediction = device.Predict(network);
        return new PredictedModel(path, device.Name, prediction, _cliffs.Of(network, prediction), findings);
    }
}
