using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Files;

/// <summary>Long weights stay in the file until somebody looks at them; nothing else may tell such a model from one that was read as a whole.</summary>
public sealed class LongWeightsTests : IDisposable
{
    private const int Width = 300;

    private readonly TemporaryModels _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Places => ["initializers", "Constant nodes", "a subgraph", "a function", "initializers and one that looks like a mark"];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_model_reads_the_same_wherever_long_weights_lie(string place)
    {
        var model = With(place);
        var file = _folder.Write(model);

        var read = OnnxFile.Read(file);

        Assert.Equal(model.CalculateSize(), read.CalculateSize());
        Assert.Equal(model.ToByteArray(), read.ToByteArray());
        Assert.Equal(model, read);
        OnnxFile.Write(read, _folder.At("written.onnx"));
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(_folder.At("written.onnx")));
    }

    [Fact]
    public void Long_weights_take_no_memory_when_a_model_is_read_and_written()
    {
        var b = new ModelBuilder();
        var x = b.Conv(b.Input(1, 3, 4, 4), 3, Width);
        for (var layer = 0; layer < 40; layer++) x = b.Conv(x, Width, Width, kernel: 1);
        var file = _folder.Write(b.Output(x));
        _ = OnnxFile.Read(file);

        var before = GC.GetAllocatedBytesForCurrentThread();
        OnnxFile.Write(OnnxFile.Read(file), _folder.At("written.onnx"));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < new FileInfo(file).Length / 2, $"{allocated} bytes");
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(_folder.At("written.onnx")));
    }

    [Fact]
    public void A_file_that_changes_while_it_is_in_use_is_told()
    {
        var file = _folder.Write(With("initializers"));
        var read = OnnxFile.Read(file);

        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(10));

        var finding = Assert.Throws<InputException>(() => read.ToByteArray()).Finding;
        Assert.Equal((DiagnosticCode.FileNotFound, file), (finding.Code, finding.File));
        Assert.Contains("was changed", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_goes_away_while_it_is_in_use_is_told_and_nothing_is_written()
    {
        var file = _folder.Write(With("initializers"));
        var read = OnnxFile.Read(file);

        File.Delete(file);

        Assert.Equal(DiagnosticCode.FileNotFound, Assert.Throws<InputException>(() => OnnxFile.Write(read, _folder.At("written.onnx"))).Finding.Code);
        Assert.Empty(Directory.GetFiles(_folder.Folder));
    }

    [Fact]
    public void A_model_given_in_two_parts_is_read_as_a_whole()
    {
        var model = With("initializers");
        var bytes = new ModelProto { Graph = new GraphProto { Initializer = { model.Graph.Initializer[0] } } }.ToByteArray();
        model.Graph.Initializer.RemoveAt(0);

        var read = OnnxFile.Read(_folder.Write([.. model.ToByteArray(), .. bytes]));

        Assert.Equal(ModelProto.Parser.ParseFrom([.. model.ToByteArray(), .. bytes]), read);
    }

    [Fact]
    public void A_file_that_ends_in_long_weights_is_refused()
    {
        var bytes = With("initializers").ToByteArray();

        Assert.Equal(DiagnosticCode.NotOnnx, _folder.Refusal(bytes[..(bytes.Length / 2)]).Code);
    }

    private static ModelProto With(string place)
    {
        var b = new ModelBuilder();
        var model = b.Output(b.Conv(b.Conv(b.Input(1, 3, 4, 4), 3, Width), Width, Width, kernel: 1));
        var weights = model.Graph.Initializer.Single(tensor => tensor.RawData.Length > Width * Width);
        var constant = new NodeProto { OpType = "Constant", Output = { weights.Name }, Attribute = { new AttributeProto { Name = "value", T = weights } } };
        switch (place)
        {
            case "Constant nodes":
                model.Graph.Initializer.Remove(weights);
                model.Graph.Node.Insert(0, constant);
                break;
            case "a subgraph":
                model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto { Node = { constant }, Initializer = { weights } } });
                break;
            case "a function":
                model.Functions.Add(new FunctionProto { Name = "f", Domain = "own", Node = { constant } });
                break;
            case "initializers and one that looks like a mark":
                model.Graph.Initializer.Add(new TensorProto { Name = "mark", DataType = (int)TensorProto.Types.DataType.Uint8, Dims = { 20 }, RawData = ByteString.CopyFrom(new byte[20]) });
                break;
        }

        return model;
    }
}
