using System.Text.Json;

namespace FastDeepIoT.Tool.Tests;

public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PredictTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Convolutions(13));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_has_the_members_of_the_contract_and_standard_error_stays_empty()
    {
        var result = ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "device.json", "--format", "json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using var document = JsonDocument.Parse(result.Output);
        var model = document.RootElement.GetProperty("models")[0];
        Assert.Equal(["path", "device", "predictedMs", "lowMs", "highMs", "unmodelled", "layers"], Names(model));
        Assert.Equal("net.onnx", model.GetProperty("path").GetString());
        Assert.Equal("steps", model.GetProperty("device").GetString());
        var layers = model.GetProperty("layers").EnumerateArray().ToList();
        Assert.All(layers, layer => Assert.Equal(["name", "kind", "predictedMs", "share", "cliff"], Names(layer)));
        Assert.Equal(1, layers.Sum(layer => layer.GetProperty("share").GetDouble()), 0.001);
    }

    [Fact]
    public void The_time_is_what_the_rules_of_the_device_say()
    {
        var result = ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "device.json", "--format", "json");

        using var document = JsonDocument.Parse(result.Output);
        var second = document.RootElement.GetProperty("models")[0].GetProperty("layers").EnumerateArray()
            .Single(layer => layer.GetProperty("name").GetString() == "second");
        var expected = (1200 + 16 * 16 * 13 * 13 * 9 * TestDevices.SlowNanoseconds) / 1e6;
        Assert.Equal(expected, second.GetProperty("predictedMs").GetDouble(), 1e-6);
    }

    [Fact]
    public void A_cliff_names_the_width_and_a_better_one_but_never_a_width_that_is_seen_from_outside()
    {
        var result = ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "device.json", "--format", "json");

        using var document = JsonDocument.Parse(result.Output);
        var layers = document.RootElement.GetProperty("models")[0].GetProperty("layers").EnumerateArray().ToDictionary(
            layer => layer.GetProperty("name").GetString()!, layer => layer.GetProperty("cliff"));
        Assert.Equal(["axis", "width", "betterWidth", "ratio", "savedMs"], Names(layers["first"]));
        Assert.Equal("outputChannels", layers["first"].GetProperty("axis").GetString());
        Assert.Equal((13, 16), (layers["first"].GetProperty("width").GetInt32(), layers["first"].GetProperty("betterWidth").GetInt32()));
        Assert.Equal(JsonValueKind.Null, layers["second"].ValueKind);
    }

    [Fact]
    public void Text_shows_total_interval_and_layers()
    {
        var result = ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "device.json");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("net.onnx on steps: ", result.Output);
        Assert.Contains("80% interval", result.Output);
        Assert.Contains("Convolution2D", result.Output);
        Assert.Contains("second", result.Output);
    }

    [Fact]
    public void An_operator_without_a_time_is_named()
    {
        _folder.Write("strange.onnx", TestModels.WithUnknownOperator(8));

        var text = ToolProcess.Run(_folder, "predict", "strange.onnx", "--device", "device.json");
        var json = ToolProcess.Run(_folder, "predict", "strange.onnx", "--device", "device.json", "--format", "json");

        Assert.Contains("not in the total: Sinh", text.Output);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal("Sinh", document.RootElement.GetProperty("models")[0].GetProperty("unmodelled")[0].GetString());
    }

    [Fact]
    public void A_free_dimension_is_assumed_or_given_and_a_name_the_model_lacks_is_noted()
    {
        _folder.Write("free.onnx", TestModels.Convolutions(8, batch: "n"));

        var assumed = ToolProcess.Run(_folder, "predict", "free.onnx", "--device", "device.json", "--format", "json");
        var given = ToolProcess.Run(_folder, "predict", "free.onnx", "--device", "device.json", "--format", "json", "--dim", "n=4", "--dim", "m=2");

        Assert.Contains("free.onnx: FDI3008: Free dimension 'n' is taken as 1", assumed.Error);
        Assert.DoesNotContain("taken as 1", given.Error);
        Assert.Contains("FDI3008: The model has no free dimension 'm'", given.Error);
        Assert.InRange(TimeOf(given) / TimeOf(assumed), 3.5, 4);
    }

    [Fact]
    public void Several_models_are_predicted_in_the_order_given_and_a_bad_one_does_not_hide_the_others()
    {
        _folder.Write("other.onnx", TestModels.Convolutions(16));
        _folder.Write("bad.onnx", "this is no model");

        var result = ToolProcess.Run(_folder, "predict", "other.onnx", "bad.onnx", "net.onnx", "--device", "device.json", "--format", "json");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("bad.onnx: FDI3003: ", result.Error);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(["other.onnx", "net.onnx"], document.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("path").GetString()));
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        var german = new Dictionary<string, string> { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0" };

        var here = ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "device.json");
        var there = ToolProcess.Run(_folder, german, "predict", "net.onnx", "--device", "device.json");

        Assert.Equal(here, there);
    }

    [Fact]
    public void Without_a_device_a_built_in_one_stands_in_and_that_is_said()
    {
        var result = ToolProcess.Run(_folder, "predict", "net.onnx");
        var named = ToolProcess.Run(_folder, "predict", "net.onnx", "--device", BuiltInDevices.Names[0].ToUpperInvariant());

        Assert.Equal((0, 0, ""), (result.ExitCode, named.ExitCode, named.Error));
        Assert.StartsWith("FDI3001: No device was named, so the built-in model '", result.Error);
        Assert.Contains("fastdeepiot profile --out device.json", result.Error);
    }

    [Fact]
    public void The_built_in_devices_are_listed()
    {
        var result = ToolProcess.Run(_folder, "devices");
        var json = ToolProcess.Run(_folder, "devices", "--format", "json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(BuiltInDevices.Names, name => Assert.Contains(name, result.Output));
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(BuiltInDevices.Names, document.RootElement.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_device_model_for_another_runtime_or_other_threads_is_flagged()
    {
        _folder.Write("old.json", TestDevices.Steps(runtimeVersion: "1.2.3", threads: 2));

        var result = ToolProcess.Run(_folder, "predict", "net.onnx", "--device", "old.json", "--threads", "1");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("old.json: FDI3006: The device model 'steps' was measured with ONNX Runtime 1.2.3", result.Error);
        Assert.Contains("old.json: FDI3006: The device model 'steps' was measured with 2 threads; 1 thread", result.Error);
    }

    private static double TimeOf(ToolResult result)
    {
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.GetProperty("models")[0].GetProperty("predictedMs").GetDouble();
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
