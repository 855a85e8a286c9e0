using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;

namespace FastDeepIoT.BuildTrials;

/// <summary>Small networks as devices run them, each of other widths, as a pruner leaves them.</summary>
internal static class TrialModels
{
    /// <summary>A network of four convolutions over images of 16 x 16, with a classifier behind.</summary>
    internal static ModelProto Make(int seed)
    {
        var random = new Random(seed);
        var model = new ModelBuilder();
        var (tensor, channels) = (model.Input(1, 3, 16, 16), 3L);
        for (var layer = 0; layer < 4; layer++)
        {
            long width = random.Next(9, 40);
            tensor = model.Node("Relu", [model.Conv(tensor, channels, width, stride: layer == 2 ? 2 : 1)]);
            channels = width;
        }

        var pooled = model.Node("Flatten", [model.Node("GlobalAveragePool", [tensor])]);
        return model.Output(model.Gemm(pooled, channels, 10));
    }
}
