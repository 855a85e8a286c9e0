namespace FastDeepIoT.Tool.Tests;

/// <summary>Results that builds keep by content.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CacheTests()
    {
        _folder.Write("device.json", TestDevices.Steps());
        _folder.Write("net.onnx", TestModels.Chain(13, 13, 8));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sources_elsewhere_take_what_was_kept_and_get_the_same_bytes()
    {
        Assert.DoesNotContain("from the cache", Build("here"));
        var again = Build("there");

        Assert.EndsWith(", from the cache\n", again);
        Assert.Equal(Bytes("here/obj/net.onnx"), Bytes("there/obj/net.onnx"));
        Assert.Equal(Bytes("here/obj/net.onnx.fastdeepiot.json"), Bytes("there/obj/net.onnx.fastdeepiot.json"));
        Assert.NotEqual(Bytes("net.onnx"), Bytes("there/obj/net.onnx"));
    }

    [Fact]
    public void A_model_that_stays_as_it_is_is_copied_from_the_original()
    {
        Build("here", "mode=none");

        Assert.Contains("from the cache", Build("there", "mode=none"));
        Assert.Equal(Bytes("net.onnx"), Bytes("there/obj/net.onnx"));
    }

    [Theory]
    [InlineData("mode=none")]
    [InlineData("dim=batch=2")]
    [InlineData("name=other.onnx")]
    public void Another_option_is_another_result(string option)
    {
        Build("here");

        Assert.DoesNotContain("from the cache", Build("there", option));
    }

    [Fact]
    public void Another_model_or_device_is_another_result()
    {
        Build("here");
        _folder.Write("device.json", TestDevices.Steps(runtimeVersion: "1.2.3"));
        Assert.DoesNotContain("from the cache", Build("here"));

        _folder.Write("net.onnx", TestModels.Chain(13, 12, 8));
        Assert.DoesNotContain("from the cache", Build("here"));
        Assert.Contains("from the cache", Build("here"));
    }

    [Fact]
    public void What_failed_is_tried_again()
    {
        _folder.Write("net.onnx", "no model");

        Build("here");

        Assert.DoesNotContain("from the cache", Build("here"));
        Assert.Empty(Kept());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(500)]
    public void A_damaged_entry_is_as_good_as_none(int length)
    {
        Build("here");
        var entry = Assert.Single(Kept());
        using (var file = File.OpenWrite(entry)) file.SetLength(length);

        Assert.DoesNotContain("from the cache", Build("there"));
        Assert.Contains("from the cache", Build("elsewhere"));
        Assert.Equal(Bytes("here/obj/net.onnx"), Bytes("elsewhere/obj/net.onnx"));
    }

    [Fact]
    public void A_flipped_bit_is_noticed()
    {
        Build("here");
        var bytes = File.ReadAllBytes(Assert.Single(Kept()));
        bytes[^100] ^= 1;
        File.WriteAllBytes(Assert.Single(Kept()), bytes);

        Assert.DoesNotContain("from the cache", Build("there"));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_costs_a_message_and_no_build()
    {
        _folder.Write("cache", "a file, where the folder should be");
        Write("here");

        var result = ToolProcess.Run(_folder, "build", "request.rsp");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("FDI3020: The cache of results cannot be used", result.Error);
        Assert.True(File.Exists(_folder.At("here/obj/net.onnx")));
    }

    [Fact]
    public void Off_keeps_nothing()
    {
        Write("here");
        File.WriteAllText(_folder.At("request.rsp"), _folder.Read("request.rsp").Replace("cache=" + _folder.At("cache"), "cache=off"));

        ToolProcess.Run(_folder, "build", "request.rsp");

        Assert.False(Directory.Exists(_folder.At("cache")));
    }

    [Fact]
    public void One_command_removes_what_is_kept_and_nothing_else()
    {
        Build("here");
        File.WriteAllText(_folder.At("cache/mine.txt"), "not a result");
        var environment = new Dictionary<string, string> { [CacheFolder.Variable] = _folder.At("cache") };

        Assert.Contains(": 1 result, ", ToolProcess.Run(_folder, environment, "cache").Output);
        Assert.Contains(", removed\n", ToolProcess.Run(_folder, environment, "cache", "--clear").Output);

        Assert.Equal(["cache/mine.txt"], _folder.Files.Where(file => file.StartsWith("cache", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_used_last_stays_when_there_is_too_much()
    {
        var model = BuildModel.Of([
            ("model", _folder.At("net.onnx")), ("name", "net"), ("output", _folder.At("net.onnx")), ("report", _folder.At("r.json")), ("mode", "exact"),
        ]);
        var entry = new FileInfo(_folder.At("net.onnx")).Length + 100;
        var cache = new ResultCache(_folder.At("cache"), largestBytes: 5 * entry);
        string[] keys = [.. Enumerable.Range(0, 7).Select(index => new string((char)('a' + index), 64))];
        foreach (var (key, age) in keys.Select((key, index) => (key, keys.Length - index)))
        {
            cache.Store(key, model, new CachedResult("line", "report", "", IsOriginal: false));
            File.SetLastWriteTimeUtc(Assert.Single(Kept(), file => file.Contains(key, StringComparison.Ordinal)), DateTime.UtcNow.AddMinutes(-age));
        }

        Assert.Equal("line", cache.Restore(keys[0], model));
        cache.Trim();

        Assert.Null(cache.Problem);
        Assert.InRange(cache.Entries.Sum(file => file.Length), entry, 5 * entry);
        Assert.Equal([keys[0], .. keys[4..]], cache.Entries.Select(file => Path.GetFileNameWithoutExtension(file.Name)).Order(StringComparer.Ordinal));
    }

    private string[] Kept() => Directory.Exists(_folder.At("cache")) ? Directory.GetFiles(_folder.At("cache"), "*.result", SearchOption.AllDirectories) : [];

    private byte[] Bytes(string file) => File.ReadAllBytes(_folder.At(file));

    /// <summary>Builds the model as a project in that folder would, and returns what people are told.</summary>
    private string Build(string project, params string[] options)
    {
        Write(project, options);
        var result = ToolProcess.Run(_folder, "build", "request.rsp");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output;
    }

    private void Write(string project, params string[] options)
    {
        var place = _folder.At(project);
        Directory.CreateDirectory(place);
        foreach (var file in (string[])["net.onnx", "device.json"]) File.Copy(_folder.At(file), Path.Combine(place, file), overwrite: true);
        var output = Path.Combine(place, "obj", "net.onnx");
        string[] lines =
        [
            "protocol=1", $"project={place}/App.csproj", "cache=" + _folder.At("cache"), $"model={place}/net.onnx", "name=net.onnx",
            "output=" + output, $"report={output}.fastdeepiot.json", "mode=exact", $"device={place}/device.json", .. options,
        ];
        _folder.Write("request.rsp", string.Join('\n', lines) + "\n");
    }
}
