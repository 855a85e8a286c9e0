using FastDeepIoT.Onnx.Format;
using FastDeepIoT.Tests.Building;
using FastDeepIoT.TimeModel;
using Xunit;

namespace FastDeepIoT.Optimization.Tests.Calibration;

public sealed class CalibrationDataTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fastdeepiot-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Samples_of_an_archive_are_scaled_centered_and_turned_to_the_layout_of_the_model()
    {
        var values = Enumerable.Range(0, 16 * 2 * 2 * 3).Select(value => (byte)value).ToArray();
        var path = Archive(("x", NumpyWriter.Array("|u1", values, 16, 2, 2, 3)), ("y", NumpyWriter.Array("<i8", new long[16], 16)));

        var data = CalibrationData.Read(path, Model(3, 2, 2), new Preprocessing { Scale = 0.5, Mean = [1, 2, 3], Std = [2], ChannelsLast = true });

        Assert.Equal(16, data.Count);
        Assert.Equal(16, data.Labels!.Count);
        using var batch = data.Inputs[0].Batch([1]);
        // Sample 1 starts at 12; channel c of position p is 12 + 3 p + c.
        float Expected(int channel, int position) => ((12 + 3 * position + channel) * 0.5f - (channel + 1)) / 2;
        Assert.Equal(Enumerable.Range(0, 12).Select(at => Expected(at / 4, at % 4)), batch.GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Mean_and_std_in_the_archive_are_used_when_none_are_given()
    {
        var path = Archive(("x", NumpyWriter.Array("<f4", Enumerable.Repeat(3f, 32).ToArray(), 16, 2)),
            ("classes", NumpyWriter.Array("<U1", "ab".ToCharArray().Select(c => (int)c).ToArray(), 2)), ("mean", NumpyWriter.Array("<f8", [1.0], 1)), ("std", NumpyWriter.Array("<f8", [4.0], 1)));

        using var batch = CalibrationData.Read(path, Model(2)).Inputs[0].Batch([0]);

        Assert.Equal([0.5f, 0.5f], batch.GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Tensors_of_test_data_sets_are_samples()
    {
        for (var set = 0; set < 16; set++)
        {
            var folder = _folder.CreateSubdirectory($"test_data_set_{set:00}");
            var tensor = new TensorProto { DataType = (int)TensorProto.Types.DataType.Float, Dims = { 1, 2 }, FloatData = { set, -set } };
            File.WriteAllBytes(Path.Combine(folder.FullName, "input_0.pb"), Google.Protobuf.MessageExtensions.ToByteArray(tensor));
        }

        using var batch = CalibrationData.Read(_folder.FullName, Model(2)).Inputs[0].Batch([5, 7]);

        Assert.Equal([5f, -5f, 7f, -7f], batch.GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Files_x_and_y_of_a_folder_belong_together()
    {
        File.WriteAllBytes(At("x.npy"), NumpyWriter.Array("<f2", new Half[32], 16, 2));
        File.WriteAllBytes(At("y.npy"), NumpyWriter.Array("<i4", Enumerable.Range(0, 16).ToArray(), 16));

        Assert.Equal(Enumerable.Range(0, 16).Select(label => (long)label), CalibrationData.Read(_folder.FullName, Model(2)).Labels);
    }

    [Fact]
    public void What_cannot_be_used_is_told_with_what_was_expected()
    {
        Refuses("shape [16, 3]; expected [samples, 2]", ("x", NumpyWriter.Array("<f4", new float[48], 16, 3)));
        Refuses("NaN in sample 1", ("x", NumpyWriter.Array("<f4", [0, 0, float.NaN, .. new float[29]], 16, 2)));
        Refuses("elements of type '|O'", ("x", NumpyWriter.Array("|O", new float[32], 16, 2)));
        Refuses("there are 3 samples", ("x", NumpyWriter.Array("<f4", new float[6], 3, 2)));
        Refuses("15 labels for 16 samples", ("x", NumpyWriter.Array("<f4", new float[32], 16, 2)), ("y", NumpyWriter.Array("<i8", new long[15], 15)));
        Refuses("no array for the input 'input0', only 'z'", ("z", NumpyWriter.Array("<f4", new float[32], 16, 2)));
        Refuses("expected at most 1 GiB", ("x", NumpyWriter.Array("<f4", new float[2], 2000000000, 2)));
        Refuses("said to have 128 bytes, more than there are", ("x", NumpyWriter.Array("<f4", new float[2], 16, 2)));
    }

    [Fact]
    public void Splits_are_disjoint_complete_and_the_same_for_the_same_seed()
    {
        var data = CalibrationData.Read(Archive(("x", NumpyWriter.Array("<f4", new float[200], 100, 2))), Model(2));

        var (fit, choice, judging) = DataSplit.Of(data, null, seed: 3);

        Assert.Equal((50, 20, 30), (fit.Count, choice.Count, judging.Count));
        Assert.Equal(Enumerable.Range(0, 100), fit.Indices.Concat(choice.Indices).Concat(judging.Indices).Order());
        Assert.Equal(fit.Indices, DataSplit.Of(data, null, seed: 3).Fit.Indices);
        Assert.NotEqual(fit.Indices, DataSplit.Of(data, null, seed: 4).Fit.Indices);
    }

    private void Refuses(string reason, params (string, byte[])[] arrays)
    {
        var problem = Assert.Throws<InputException>(() => CalibrationData.Read(Archive(arrays), Model(2)));

        Assert.Equal(DiagnosticCode.CalibrationUnusable, problem.Finding.Code);
        Assert.Contains(reason, problem.Finding.Message, StringComparison.Ordinal);
    }

    private string Archive(params (string, byte[])[] arrays)
    {
        var path = At($"{_folder.GetFiles().Length}.npz");
        NumpyWriter.Archive(path, arrays);
        return path;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static ModelProto Model(params long[] sample)
    {
        var builder = new ModelBuilder();
        return builder.Output(builder.Node("Relu", [builder.Input([-1, .. sample])]));
    }
}
