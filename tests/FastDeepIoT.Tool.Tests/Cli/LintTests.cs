using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.TimeModel;

namespace FastDeepIoT.Tool.Tests;

/// <summary>What is wrong with a model itself is said by every command that reads it, with what mends it.</summary>
public sealed class LintTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelProto _model = TestModels.Convolutions(16);

    public LintTests() => _folder.Write("device.json", TestDevices.Steps());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_model_has_no_findings()
    {
        var result = Lint();

        Assert.Equal((0, "net.onnx: 0 findings\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void Denormal_weights_are_counted_and_become_zero()
    {
        (_model.Graph.Initializer[0].FloatData[3], _model.Graph.Initializer[0].FloatData[5]) = (1e-40f, -3e-41f);

        Assert.Contains("FDI2010: 2 weights are denormal numbers", Lint("--fix", "mended.onnx").Error);

        var mended = OnnxFile.Read(_folder.At("mended.onnx")).Graph.Initializer[0].FloatData;
        Assert.Equal([0, 0], new[] { mended[3], mended[5] });
        Assert.Equal(_model.Graph.Initializer[0].FloatData[4], mended[4]);
        Assert.Equal(1e-40f, OnnxFile.Read(_folder.At("net.onnx")).Graph.Initializer[0].FloatData[3]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_no_finite_numbers_are_told(float value)
    {
        _model.Graph.Initializer[1].FloatData[7] = value;

        Assert.Contains("FDI2011: 1 weight is no finite number, in 'w2'", Lint().Error);
    }

    [Fact]
    public void An_infinite_bound_is_meant()
    {
        _model.Graph.Node[1].OpType = "Clip";
        _model.Graph.Node[1].Input.Add(["low", "high"]);
        _model.Graph.Initializer.Add(new TensorProto { Name = "low", DataType = 1, FloatData = { 0 } });
        _model.Graph.Initializer.Add(new TensorProto { Name = "high", DataType = 1, FloatData = { float.PositiveInfinity } });

        Assert.DoesNotContain("FDI2011", Lint().Error);
    }

    [Fact]
    public void Weights_that_nothing_reads_are_told_and_removed()
    {
        _model.Graph.Initializer.Add(new TensorProto { Name = "left over", DataType = 1, Dims = { 2 }, FloatData = { 1, 2 } });

        Assert.Contains("FDI2012: Nothing reads 'left over'", Lint("--fix", "mended.onnx").Error);
        Assert.DoesNotContain(OnnxFile.Read(_folder.At("mended.onnx")).Graph.Initializer, tensor => tensor.Name == "left over");
    }

    [Fact]
    public void Weights_that_callers_may_replace_are_told_and_made_constant()
    {
        _model.IrVersion = 8;
        _model.Graph.Input.Add(new ValueInfoProto { Name = "w2", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = ShapeOf("w2") } } });

        Assert.Contains("FDI2015: 1 weight is declared as an input that callers may replace, 'w2'", Lint("--fix", "mended.onnx").Error);

        var mended = OnnxFile.Read(_folder.At("mended.onnx")).Graph;
        Assert.DoesNotContain(mended.Input, input => input.Name == "w2");
        Assert.Contains(mended.Initializer, tensor => tensor.Name == "w2");
    }

    // As torch.onnx writes a normalization without bias. The runtime would end the process.
    [Fact]
    public void A_bias_without_a_name_is_told_and_left_out()
    {
        _model.OpsetImport[0].Version = 17;
        _model.Graph.Initializer.Add(new TensorProto { Name = "scale", DataType = 1, Dims = { 16 }, FloatData = { Enumerable.Repeat(1.5f, 16) } });
        _model.Graph.Node.Add(new NodeProto { Name = "normal", OpType = "LayerNormalization", Input = { "y", "scale", "" }, Output = { "n" } });
        _model.Graph.Output.Add(new ValueInfoProto { Name = "n", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } });

        Assert.Contains("FDI2016: 1 LayerNormalization lists a bias without a name, 'normal' first", Lint("--fix", "mended.onnx").Error);
        Assert.Equal(2, OnnxFile.Read(_folder.At("mended.onnx")).Graph.Node[^1].Input.Count);
        Assert.Contains("FDI3010: The LayerNormalization 'normal' lists a bias without a name", ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "device.json").Error);
        Assert.Equal(0, ToolProcess.Run(_folder, "predict", "mended.onnx", "--device", "device.json").ExitCode);
    }

    [Fact]
    public void Before_the_fourth_version_of_the_format_every_weight_is_declared_as_an_input()
    {
        _model.IrVersion = 3;
        _model.Graph.Input.Add(_model.Graph.Initializer.Select(tensor =>
            new ValueInfoProto { Name = tensor.Name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = ShapeOf(tensor.Name) } } }));

        Assert.DoesNotContain("FDI2015", Lint().Error);
    }

    [Fact]
    public void Shapes_that_only_running_tells_are_told_with_where_they_begin()
    {
        _model.Graph.Node.Add(new NodeProto { Name = "found", OpType = "NonZero", Input = { "y" }, Output = { "z" } });
        _model.Graph.Node.Add(new NodeProto { Name = "turned", OpType = "Transpose", Input = { "z" }, Output = { "t" } });
        _model.Graph.Output.Add(new ValueInfoProto { Name = "t", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 7 } } });

        Assert.Contains("FDI2013: The shapes of 1 layer are known only when the model runs, from 'turned' (Transpose) on", Lint().Error);
    }

    [Fact]
    public void A_layer_with_a_faster_way_is_told()
    {
        var steps = TestDevices.Steps();
        var slow = steps.Kinds["Convolution2D"];
        _folder.Write("device.json", steps with
        {
            Kinds = new Dictionary<string, KindModel>(steps.Kinds.ToDictionary())
            {
                ["Convolution2D"] = slow with { Internal = new Tree<Regression>(slow.Plain!.Leaves().First().Leaf with { Terms = [new Term(null, [], 500)] }) },
            },
        });

        Assert.Contains("FDI2014: 2 layers run in the plain layout on 'steps'", Lint().Error);
    }

    [Fact]
    public void Builds_and_predictions_tell_the_same()
    {
        _model.Graph.Initializer[0].FloatData[3] = 1e-40f;
        _folder.Write("net.onnx", _model);

        Assert.Contains("FDI2010", ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "device.json").Error);
        Assert.Contains("FDI2010", ToolProcess.Run(_folder, "optimize", "net.onnx", "--device", "device.json", "--out", "out.onnx").Error);
        Assert.Contains("FDI2010", ToolProcess.Run(_folder, "check", "net.onnx", "--device", "device.json", "--latency-budget", "1s").Error);
    }

    [Fact]
    public void The_model_itself_is_never_written() =>
        Assert.Contains("--fix is the model itself.", Lint("--fix", "net.onnx").Error);

    private TensorShapeProto ShapeOf(string weights) => new()
    {
        Dim = { _model.Graph.Initializer.Single(tensor => tensor.Name == weights).Dims.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) },
    };

    private ToolResult Lint(params string[] more)
    {
        _folder.Write("net.onnx", _model);
        return ToolProcess.Run(_folder, ["lint", "net.onnx", "--device", "device.json", .. more]);
    }
}
