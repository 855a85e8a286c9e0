using FastDeepIoT.Onnx;
using FastDeepIoT.Optimization;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool;

/// <summary>Predicts ONNX models on a device.</summary>
internal sealed class ModelPredictor(DeviceModel device)
{
    private readonly LayerCliffs _cliffs = new(device);

    /// <summary>Predicts one model.</summary>
    /// <exception cref="InputException">FDI3010 when the runtime refuses the model.</exception>
    internal PredictedModel Predict(LoadedModel loaded)
    {
        var network = RuntimeGraph.Of(loaded.Model, loaded.Path).Network;
        var prediction = device.Predict(network);
        return new PredictedModel(loaded.Path, device.Name, prediction, _cliffs.Of(network, prediction), [.. loaded.Findings, .. LintMessages.Of(ModelLint.Of(loaded.Model), loaded.Path), .. LintMessages.Of(device, network, prediction, loaded.Path)]);
    }
}
