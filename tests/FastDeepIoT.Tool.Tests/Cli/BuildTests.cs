using System.Text.Json;
using FastDeepIoT.Onnx;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.Tool.Tests;

/// <summary>The build protocol (docs/build-protocol.md), from the tool's side.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BuildTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Chain(13, 13, 8));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_model_gets_its_output_and_its_report()
    {
        var result = Build(Model("net.onnx", "exact"), Model("net.onnx", "none", "same.onnx"));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^#compiler-may-start\nnet\.onnx: .* times as fast\)\nsame\.onnx: .*, unchanged\n$", result.Output);
        Assert.Equal(16, OnnxFile.Read(_folder.At("obj/net.onnx")).Graph.Initializer.Single(tensor => tensor.Name == "w1").Dims[0]);
        Assert.Equal(File.ReadAllBytes(_folder.At("net.onnx")), File.ReadAllBytes(_folder.At("obj/same.onnx")));
        using var optimized = Report("net.onnx");
        using var same = Report("same.onnx");
        Assert.Equal(
            ["schema", "status", "model", "mode", "device", "original", "optimized", "maxRelativeDifference", "layers", "fixes", "findings"],
            optimized.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("fastdeepiot.build-report/1", Text(optimized, "schema"));
        Assert.Equal(("optimized", "exact", "steps"), (Text(optimized, "status"), Text(optimized, "mode"), Text(optimized, "device")));
        Assert.Equal(("unchanged", "none"), (Text(same, "status"), Text(same, "mode")));
        Assert.Equal(Time(optimized, "original"), Time(same, "original"));
        Assert.Equal(Time(same, "original"), Time(same, "optimized"));
        Assert.True(Time(optimized, "optimized") < Time(optimized, "original"));
        Assert.Equal(JsonValueKind.Null, same.RootElement.GetProperty("maxRelativeDifference").ValueKind);
    }

    [Fact]
    public void The_costliest_layers_come_with_advice_and_cliffs_are_findings()
    {
        Build(Model("net.onnx", "none"));

        using var report = Report("net.onnx");
        var layers = report.RootElement.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(["name", "kind", "predictedMs", "share", "advice"], layers[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(layers.OrderByDescending(layer => layer.GetProperty("share").GetDouble()).Select(layer => layer.GetProperty("name").GetString()),
            layers.Select(layer => layer.GetProperty("name").GetString()));
        Assert.Contains(layers, layer => layer.GetProperty("advice").GetString()?.StartsWith("16 output channels instead of 13 would save ", StringComparison.Ordinal) == true);
        Assert.Contains(report.RootElement.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("code").GetString() == "FDI2004" && finding.GetProperty("file").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void Sizes_of_free_dimensions_at_which_the_model_is_slow_are_told()
    {
        _folder.Write("device.json", TestDevices.TenRows());
        _folder.Write("rows.onnx", TestModels.Perceptron(rows: "items"));

        Build(Model("rows.onnx", "none"));

        var shapes = ShapeTimesReader.Read(_folder.Read("obj/rows.onnx.shapes.json"))!;
        Assert.Equal(("rows.onnx", "ten-rows"), (shapes.Model, shapes.Device));
        var input = Assert.Single(shapes.Inputs);
        Assert.Equal("x", input.Name);
        Assert.Equal(new TimeModel.ModelAxis[] { new("items", 0), new(null, 24) }, input.Axes);
        var dimension = Assert.Single(shapes.Dimensions);
        Assert.Equal(("items", 1), (dimension.Name, dimension.Assumed));
        Assert.Equal([30L, 20L], new long[] { 31, 21 }.Select(size => dimension.Cliffs.Single(cliff => cliff.Size == size).Smaller!.Size));
        Assert.DoesNotContain(dimension.Cliffs, cliff => cliff.Size % 10 == 0);
        Assert.All(dimension.Cliffs, cliff => Assert.Null(cliff.Larger));
        Assert.InRange(dimension.Cliffs.Single(cliff => cliff.Size == 31).Smaller!.Ratio, 1.15, 1.34);
    }

    [Fact]
    public void A_model_without_free_dimensions_tells_no_sizes()
    {
        Build(Model("net.onnx", "none"));

        Assert.DoesNotContain("obj/net.onnx.shapes.json", _folder.Files);
    }

    [Theory]
    [InlineData("no.onnx", "exact", "FDI3002")]
    [InlineData("text.onnx", "exact", "FDI3003")]
    [InlineData("net.onnx", "turbo", "FDI3007")]
    public void A_model_that_fails_has_a_report_and_no_output_and_does_not_keep_others_from_being_done(string name, string mode, string code)
    {
        _folder.Write("text.onnx", "no model");
        Directory.CreateDirectory(_folder.At("obj"));
        _folder.Write("obj/bad.onnx", "of an earlier build");

        var result = Build(Model(name, mode, "bad.onnx"), Model("net.onnx", "exact", "good.onnx"));

        Assert.Equal(0, result.ExitCode);
        using var bad = Report("bad.onnx");
        using var good = Report("good.onnx");
        Assert.Equal(("failed", "optimized"), (Text(bad, "status"), Text(good, "status")));
        var finding = Assert.Single(bad.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal((code, "error"), (finding.GetProperty("code").GetString(), finding.GetProperty("severity").GetString()));
        Assert.DoesNotContain(_folder.Files, file => file.EndsWith("bad.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_that_is_not_known_is_told_in_the_report()
    {
        Build("model=" + _folder.At("net.onnx"), "name=net.onnx", OutputLine("net.onnx"), ReportLine("net.onnx"), "mode=exact", "device=nowhere");

        using var report = Report("net.onnx");
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("device").ValueKind);
        Assert.Equal("FDI3012", report.RootElement.GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void Without_a_device_the_stand_in_that_the_build_names_is_taken_and_that_is_said()
    {
        var builtIn = BuiltInDevices.Names[^1];

        Build("model=" + _folder.At("net.onnx"), "name=net.onnx", OutputLine("net.onnx"), ReportLine("net.onnx"), "mode=none", "stand-in=" + builtIn);

        using var report = Report("net.onnx");
        Assert.Equal(builtIn, Text(report, "device"));
        Assert.Equal("FDI3001", report.RootElement.GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void Files_of_the_project_are_named_relative_to_it_so_that_reports_do_not_depend_on_where_it_lies()
    {
        _folder.Write("device.json", TestDevices.Steps(runtimeVersion: "1.2.3"));

        Build(Model("net.onnx", "exact"));

        Assert.DoesNotContain(_folder.Path, _folder.Read("obj/net.onnx.fastdeepiot.json"));
        using var report = Report("net.onnx");
        var mismatch = report.RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("code").GetString() == "FDI3006");
        Assert.Equal("device.json", mismatch.GetProperty("file").GetString());
    }

    [Fact]
    public void Models_with_free_dimensions_are_done_before_the_compiler_may_start_and_their_file_is_left_alone_when_it_says_the_same()
    {
        _folder.Write("device.json", TestDevices.TenRows());
        _folder.Write("rows.onnx", TestModels.Perceptron(rows: "items"));

        var result = Build(Model("net.onnx", "none"), Model("rows.onnx", "none"));
        Assert.Matches(@"^rows\.onnx: .*\n#compiler-may-start\nnet\.onnx: .*\n$", result.Output);

        var written = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.At("obj/rows.onnx.shapes.json"), written);
        Build(Model("rows.onnx", "none"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder.At("obj/rows.onnx.shapes.json")));

        _folder.Write("rows.onnx", TestModels.Convolutions(8));
        Build(Model("rows.onnx", "none"));
        Assert.DoesNotContain("obj/rows.onnx.shapes.json", _folder.Files);
    }

    [Fact]
    public async Task A_caller_that_is_gone_stops_the_work()
    {
        _folder.Write("request.rsp", $"protocol=1\nproject={_folder.At("App.csproj")}\nlifeline=stdin\n"
            + string.Join('\n', Enumerable.Range(0, 200).SelectMany(index => Model("net.onnx", "exact", $"net{index}.onnx"))) + "\n");

        using var process = ToolProcess.Start(_folder, new Dictionary<string, string>(), "build", "request.rsp");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((ExitCode.Cancelled, "Stopped.\n"), (process.ExitCode, await error));
        Assert.InRange(output.Count(character => character == '\n'), 0, 100);
        Assert.DoesNotContain(_folder.Files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lifeline is 'rope'", "protocol=1", "lifeline=rope")]
    [InlineData("protocol is '2'", "protocol=2")]
    [InlineData("protocol is ''", "project=/x/app.csproj")]
    [InlineData("unknown key 'turbo'", "protocol=1", "model=/x/a.onnx", "turbo=yes")]
    [InlineData("has no 'name'", "protocol=1", "model=/x/a.onnx")]
    [InlineData("'mode' stands before the first 'model'", "protocol=1", "mode=exact")]
    [InlineData("is no key=value", "protocol=1", "nonsense")]
    [InlineData("'dim=n' is not a name", "protocol=1", "model=/x/a.onnx", "name=a", "output=o", "report=r", "mode=exact", "dim=n")]
    public void A_request_that_cannot_be_used_is_refused_in_one_coded_line(string reason, params string[] lines)
    {
        _folder.Write("request.rsp", string.Join('\n', lines) + "\n");

        var result = ToolProcess.Run(_folder, "build", "request.rsp");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Matches(@"^FDI3007: The build request cannot be used: [^\n]*\n$", result.Error);
        Assert.Contains(reason, result.Error);
    }

    [Fact]
    public void People_do_not_see_the_command() => Assert.DoesNotContain(" build ", ToolProcess.Run(_folder, "--help").Output);

    private ToolResult Build(params IEnumerable<string> models)
    {
        _folder.Write("request.rsp", $"protocol=1\nproject={_folder.At("App.csproj")}\n\n# a comment\n" + string.Join('\n', models) + "\n");
        return ToolProcess.Run(_folder, "build", "request.rsp");
    }

    private ToolResult Build(params IEnumerable<string>[] models) => Build(models.SelectMany(lines => lines));

    private IEnumerable<string> Model(string source, string mode, string? name = null) =>
    [
        "model=" + _folder.At(source), "name=" + (name ?? source), OutputLine(name ?? source), ReportLine(name ?? source), "mode=" + mode,
        "device=" + _folder.At("device.json"),
    ];

    private string OutputLine(string name) => "output=" + _folder.At("obj/" + name);

    private string ReportLine(string name) => "report=" + _folder.At($"obj/{name}.fastdeepiot.json");

    private JsonDocument Report(string name) => JsonDocument.Parse(_folder.Read($"obj/{name}.fastdeepiot.json"));

    private static string? Text(JsonDocument report, string member) => report.RootElement.GetProperty(member).GetString();

    private static double Time(JsonDocument report, string member) => report.RootElement.GetProperty(member).GetProperty("predictedMs").GetDouble();
}
