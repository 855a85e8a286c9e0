using FastDeepIoT.Onnx;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Files;

public sealed class InputScanTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(1, false)]
    [InlineData(-1, true)]
    public void An_open_dimension_is_found_without_reading_weights(int batch, bool free)
    {
        File.WriteAllBytes(_file, Network(batch).ToByteArray());

        Assert.Equal(free, InputScan.HasFreeDimensions(_file));
    }

    [Fact]
    public void Named_dimensions_and_inputs_behind_the_weights_are_found()
    {
        var model = Network(1);
        var late = new ModelProto { Graph = new GraphProto { Input = { model.Graph.Input[0].Clone() } } };
        late.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam = "batch";

        File.WriteAllBytes(_file, [.. model.ToByteArray(), .. late.ToByteArray()]);

        Assert.True(InputScan.HasFreeDimensions(_file));
    }

    [Fact]
    public void What_is_no_whole_model_has_none()
    {
        var bytes = Network(1).ToByteArray();
        var random = new Random(5);
        Assert.False(InputScan.HasFreeDimensions(_file + ".missing"));
        for (var length = 0; length < bytes.Length; length += 1 + bytes.Length / 200)
        {
            File.WriteAllBytes(_file, bytes[..length]);
            Assert.False(InputScan.HasFreeDimensions(_file));
        }

        for (var round = 0; round < 500; round++)
        {
            var broken = bytes.ToArray();
            for (var change = 0; change < 20; change++) broken[random.Next(Math.Min(200, broken.Length))] = (byte)random.Next(256);
            File.WriteAllBytes(_file, broken);
            _ = InputScan.HasFreeDimensions(_file); // whatever it says, it does not throw
        }
    }

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(2, 600_000)]
    public void More_inputs_than_models_have_are_not_read(int count, int length)
    {
        var model = new ModelProto { Graph = new GraphProto() };
        for (var input = 0; input < count; input++) model.Graph.Input.Add(new ValueInfoProto { Name = new string('x', length) });
        model.Graph.Input.Add(Network(-1).Graph.Input[0]);
        File.WriteAllBytes(_file, model.ToByteArray());
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(InputScan.HasFreeDimensions(_file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    private static ModelProto Network(long batch)
    {
        var model = new ModelBuilder();
        return model.Output(model.Conv(model.Input(batch, 3, 8, 8), 3, 5));
    }
}
