using System.Diagnostics;
using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Google.Protobuf;
using Xunit;

namespace FastDeepIoT.Onnx.Tests.Files;

/// <summary>Models that somebody made to do harm: refused with a code, in time and memory that follow from the size of the file.</summary>
public sealed class HostileModelTests : IDisposable
{
    private readonly TemporaryModels _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_that_are_said_to_be_larger_than_what_is_there() =>
        Refuses(Weights(tensor => tensor.Dims[0] = 1L << 33), "elements of type Float, and hold 540 bytes");

    [Fact]
    public void Weights_that_are_said_to_be_smaller() => Refuses(Weights(tensor => tensor.Dims[0] = 4), "and hold 540 bytes");

    [Fact]
    public void Sizes_whose_product_overflows() =>
        Refuses(Weights(tensor => (tensor.Dims[0], tensor.Dims[1]) = (1L << 40, 1L << 40)), "more elements than can be counted");

    [Fact]
    public void Sizes_below_zero() => Refuses(Weights(tensor => (tensor.Dims[0], tensor.Dims[1]) = (-5, -3)), "size below zero");

    [Fact]
    public void Weights_without_content() => Refuses(Weights(tensor => tensor.ClearRawData()), "hold 0 numbers");

    [Fact]
    public void Weights_in_another_field_than_their_type_says() => Refuses(Weights(tensor =>
    {
        tensor.ClearRawData();
        tensor.Int64Data.Add(Enumerable.Repeat(1L, 135));
    }), "hold 0 numbers");

    [Fact]
    public void Inputs_whose_size_overflows()
    {
        var model = OpenNetworks.All["chain"].Make();
        foreach (var dimension in model.Graph.Input[0].Type.TensorType.Shape.Dim) dimension.DimValue = int.MaxValue;

        Refuses(model, "more elements than can be counted");
    }

    [Fact]
    public void A_name_given_to_two_weights()
    {
        var model = OpenNetworks.All["chain"].Make();
        model.Graph.Initializer.Add(model.Graph.Initializer[0].Clone());

        Refuses(model, "is given to two tensors");
    }

    [Fact]
    public void A_name_given_to_two_outputs()
    {
        var model = OpenNetworks.All["chain"].Make();
        model.Graph.Node[^1].Output[0] = model.Graph.Node[0].Output[0];

        Refuses(model, "is given to two tensors");
    }

    [Fact]
    public void A_name_given_to_two_inputs()
    {
        var model = OpenNetworks.All["chain"].Make();
        model.Graph.Input.Add(model.Graph.Input[0].Clone());

        Refuses(model, "is given to two inputs");
    }

    [Fact]
    public void Messages_nested_deeper_than_anybody_reads()
    {
        var inner = new GraphProto { Name = "innermost" };
        for (var depth = 0; depth < 60; depth++)
            inner = new GraphProto { Node = { new NodeProto { OpType = "If", Attribute = { new AttributeProto { Name = "then_branch", G = inner } } } } };

        Refuses(new ModelProto { IrVersion = 8, Graph = inner, OpsetImport = { new OperatorSetIdProto { Version = 17 } } }, "truncated, or another format");
    }

    [Fact]
    public void Nodes_of_two_bytes_each()
    {
        byte[] graph = [.. Enumerable.Repeat(new byte[] { 0x0A, 0x00 }, 2_000_000).SelectMany(node => node)];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refuses([0x3A, .. Length(graph.Length), .. graph], "many times the file's size in memory");

        // The input itself was made here, several times over.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public void A_length_beyond_the_end_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refuses([0x08, 0x08, 0x12, .. Length(int.MaxValue), 1, 2, 3], "truncated, or another format");

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8 << 20);
    }

    [Fact]
    public void A_graph_of_a_million_nodes_is_read_in_seconds()
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "long" }, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        for (var node = 0; node < 1_000_000; node++)
            model.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { $"tensor{node}" }, Output = { $"tensor{node + 1}" } });
        var file = _folder.Write(model);
        var start = Stopwatch.GetTimestamp();

        Assert.Equal(1_000_000, OnnxFile.Read(file).Graph.Node.Count);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 60);
    }

    [Fact]
    public void What_looks_like_the_own_format_of_the_runtime_is_read_as_a_model_all_the_same()
    {
        var model = OpenNetworks.All["chain"].Make();
        model.ProducerName = "ORTM, as the bytes after the fourth";

        Assert.NotEmpty(RuntimeGraph.Of(OnnxFile.Read(_folder.Write(model))).Network.Layers);
    }

    [Fact]
    public void Functions_that_call_themselves()
    {
        var model = OpenNetworks.All["chain"].Make();
        model.Functions.Add(new FunctionProto { Name = "f", Domain = "own", Node = { new NodeProto { OpType = "f", Domain = "own" } } });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        model.Graph.Node.Add(new NodeProto { OpType = "f", Domain = "own" });

        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(OnnxFile.Read(_folder.Write(model))));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
    }

    [Fact]
    public void A_graph_that_reads_what_it_writes()
    {
        var model = OpenNetworks.All["chain"].Make();
        model.Graph.Node[0].Input[0] = model.Graph.Node[^1].Output[0];

        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(OnnxFile.Read(_folder.Write(model))));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
    }

    [Fact]
    public void An_operator_of_a_library_that_is_not_loaded()
    {
        var model = OpenNetworks.All["chain"].Make();
        (model.Graph.Node[1].OpType, model.Graph.Node[1].Domain) = ("Launch", "own");
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });

        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(OnnxFile.Read(_folder.Write(model))));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
    }

    [Fact]
    public void Control_characters_of_names_reach_no_console()
    {
        var model = OpenNetworks.All["chain"].Make();
        model.Graph.Node[0].Name = "a\u001b[2J\n::error::b";

        var name = RuntimeGraph.Of(OnnxFile.Read(_folder.Write(model))).Network.Layers[0].Name;

        Assert.DoesNotContain(name, char.IsControl);
        Assert.DoesNotContain(new Finding(DiagnosticCode.Unmodelled, "line\nbreak\u001b").ToString(), char.IsControl);
    }

    // What the runtime divides by without looking ends the process; what it counts up to, never ends.
    [Theory]
    [InlineData("ConvTranspose", "group", 0, "which takes 1 at least")]
    [InlineData("ConvTranspose", "group", -1, "which takes 1 at least")]
    [InlineData("Attention", "q_num_heads", 0, "which takes 1 at least")]
    [InlineData("Attention", "kv_num_heads", 0, "which takes 1 at least")]
    [InlineData("Split", "num_outputs", 1_000_000_000, "which has 1 outputs")]
    [InlineData("Scan", "num_scan_inputs", int.MaxValue, "which has 1 inputs")]
    [InlineData("Scan", "num_scan_inputs", 0, "which has 1 inputs")]
    public void Counts_that_end_the_process_or_never_end(string type, string attribute, long count, string why)
    {
        var model = new ModelBuilder();
        model.Output(model.Node(type, [model.Input(1, 4, 8, 8)], (attribute, 1L), (attribute, count)));

        Refuses(model.Model, $"the '{attribute}' of the {type} '{type}1' is {count}, {why}");
    }

    [Fact]
    public void A_count_without_a_value_is_none()
    {
        var model = new ModelBuilder();
        model.Output(model.Node("ConvTranspose", [model.Input(1, 4, 8, 8)], ("group", 1L)));
        model.Model.Graph.Node[0].Attribute[0].ClearI();

        Refuses(model.Model, "is 0, which takes 1 at least");
    }

    [Fact]
    public void Counts_in_subgraphs_and_functions_are_looked_at_too()
    {
        var inner = new NodeProto { OpType = "ConvTranspose", Output = { "y" }, Attribute = { new AttributeProto { Name = "group", I = 0 } } };
        var branch = OpenNetworks.All["chain"].Make();
        branch.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto { Node = { inner } } });
        var function = OpenNetworks.All["chain"].Make();
        function.Functions.Add(new FunctionProto { Name = "f", Node = { inner } });

        Refuses(branch, "is 0, which takes 1 at least");
        Refuses(function, "is 0, which takes 1 at least");
    }

    // The runtime computes constants while it loads a model.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_few_numbers_that_ask_for_a_constant_of_gigabytes(bool computed)
    {
        var model = new ModelBuilder();
        var size = computed ? model.Node("Sub", [model.Integers(1L << 33), model.Node("Shape", [model.Integers(1, 2, 3)])]) : model.Integers(1L << 33);
        var large = model.Node("Cast", [model.Node("ReduceSum", [model.Node("ConstantOfShape", [size])])], ("to", 1L));
        model.Output(model.Node("Add", [model.Conv(model.Input(1, 3, 8, 8), 3, 4), large]));

        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(OnnxFile.Read(_folder.Write(model.Model))));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
        Assert.Contains("asks for a tensor of 8.6e+9 elements", refused.Message, StringComparison.Ordinal);
    }

    // None of them is too large by itself.
    [Fact]
    public void A_few_weights_that_become_gigabytes_together()
    {
        var model = new ModelBuilder();
        var (column, row) = (model.Weights(12_000, 1), model.Weights(1, 12_000));
        var x = model.Conv(model.Input(1, 3, 8, 8), 3, 4);
        for (var constant = 0; constant < 3; constant++)
            x = model.Node("Add", [x, model.Node("ReduceMax", [model.Node("Softmax", [model.Node("MatMul", [column, row])])])]);
        model.Output(x);

        var refused = Assert.Throws<InputException>(() => RuntimeGraph.Of(OnnxFile.Read(_folder.Write(model.Model))));

        Assert.Equal(DiagnosticCode.RuntimeRefuses, refused.Finding.Code);
        Assert.Contains("elements from constants", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows()) return;

        using var made = Process.Start("mkfifo", [_folder.At("pipe")]);
        made.WaitForExit();

        Assert.Contains("the file is empty", TemporaryModels.Refusal(_folder.At("pipe")).Message, StringComparison.Ordinal);
    }

    private void Refuses(ModelProto model, string why) => Refuses(model.ToByteArray(), why);

    private void Refuses(byte[] bytes, string why)
    {
        var finding = _folder.Refusal(bytes);

        Assert.Equal(DiagnosticCode.NotOnnx, finding.Code);
        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
    }

    private static ModelProto Weights(Action<TensorProto> change)
    {
        var model = OpenNetworks.All["chain"].Make();
        change(model.Graph.Initializer[0]);
        return model;
    }

    private static byte[] Length(int length)
    {
        using var stream = new MemoryStream();
        using var coded = new CodedOutputStream(stream);
        coded.WriteLength(length);
        coded.Flush();
        return stream.ToArray();
    }
}
