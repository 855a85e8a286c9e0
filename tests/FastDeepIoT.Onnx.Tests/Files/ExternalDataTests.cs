using System.Globalization;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Files;

/// <summary>Weights beside a model: read from its folder and from nowhere else, and not more of them than there are.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryModels _folder = new();
    private readonly ModelProto _model = OpenNetworks.All["chain"].Make();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_beside_the_model_are_embedded()
    {
        var expected = _model.Clone();
        foreach (var tensor in _model.Graph.Initializer) MoveOut(tensor, "sub/weights");

        var file = _folder.Write(_model);

        Assert.Equal(expected, ExternalData.Embed(OnnxFile.Read(file), file));
        Assert.Equal([_folder.At(Path.Combine("sub", "weights"))], ExternalData.FilesOf(OnnxFile.Read(file), file));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("sub/../../secret")]
    [InlineData("sub/../weights")]
    [InlineData("..\\secret")]
    [InlineData("/etc/hostname")]
    [InlineData("*/_ORT_MEM_ADDR_/*")]
    [InlineData("C:weights")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void Names_that_lead_elsewhere_are_refused(string location) => Refuses(location, DiagnosticCode.NotOnnx);

    [Fact]
    public void Names_that_lead_elsewhere_are_refused_in_subgraphs_functions_and_sparse_weights()
    {
        var tensor = _model.Graph.Initializer[0].Clone();
        MoveOut(tensor, "../secret", write: false);
        var node = new NodeProto { OpType = "Constant", Output = { "c" }, Attribute = { new AttributeProto { Name = "value", T = tensor } } };
        ModelProto[] models = [_model.Clone(), _model.Clone(), _model.Clone()];
        models[0].Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto { Node = { node } } });
        models[1].Functions.Add(new FunctionProto { Name = "f", Domain = "own", Node = { node } });
        models[2].Graph.SparseInitializer.Add(new SparseTensorProto { Values = tensor });

        Assert.All(models, model => Assert.Contains("outside the model's folder", _folder.Refusal(model).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("linked/secret")]
    public void Links_that_lead_elsewhere_are_refused(string location)
    {
        File.WriteAllBytes(Path.Combine(_folder.Outside, "secret"), new byte[540]);
        File.CreateSymbolicLink(_folder.At("weights"), Path.Combine("..", "secret"));
        Directory.CreateSymbolicLink(_folder.At("linked"), _folder.Outside);

        Refuses(location, DiagnosticCode.NotOnnx);
    }

    [Fact]
    public void Links_within_the_folder_are_followed()
    {
        File.WriteAllBytes(_folder.At("data"), new byte[540]);
        File.CreateSymbolicLink(_folder.At("weights"), "data");
        MoveOut(_model.Graph.Initializer[0], "weights", write: false);
        var file = _folder.Write(_model);

        Assert.Equal(540, ExternalData.Embed(OnnxFile.Read(file), file).Graph.Initializer[0].RawData.Length);
    }

    [Fact]
    public void Missing_weights_are_told() => Refuses("nowhere", DiagnosticCode.FileNotFound);

    [Theory]
    [InlineData("offset", "1000")]
    [InlineData("offset", "-1")]
    [InlineData("offset", "9223372036854775807")]
    [InlineData("length", "541")]
    [InlineData("length", "9223372036854775807")]
    [InlineData("length", "many")]
    public void Places_beyond_the_file_are_refused(string key, string value)
    {
        File.WriteAllBytes(_folder.At("weights"), new byte[540]);
        MoveOut(_model.Graph.Initializer[0], "weights", write: false);
        _model.Graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });

        Assert.Equal(DiagnosticCode.NotOnnx, _folder.Refusal(_model).Code);
    }

    [Fact]
    public void Many_weights_of_one_place_are_refused_when_they_make_a_small_file_large()
    {
        File.WriteAllBytes(_folder.At("weights"), new byte[1 << 20]);
        for (var copy = 0; copy < 100; copy++)
        {
            var tensor = new TensorProto { Name = $"w{copy}", DataType = 1, Dims = { 1 << 18 } };
            MoveOut(tensor, "weights", write: false);
            _model.Graph.Initializer.Add(tensor);
        }

        var file = _folder.Write(_model);

        var refused = Assert.Throws<InputException>(() => ExternalData.Embed(OnnxFile.Read(file), file));
        Assert.Contains("are said to have", refused.Message, StringComparison.Ordinal);
    }

    private void Refuses(string location, DiagnosticCode code)
    {
        MoveOut(_model.Graph.Initializer[0], location, write: false);

        Assert.Equal(code, _folder.Refusal(_model).Code);
    }

    private void MoveOut(TensorProto tensor, string location, bool write = true)
    {
        if (write)
        {
            var path = _folder.At(location);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.Append);
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = file.Position.ToString(CultureInfo.InvariantCulture) });
            file.Write(tensor.RawData.Span);
        }

        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ClearRawData();
    }
}
