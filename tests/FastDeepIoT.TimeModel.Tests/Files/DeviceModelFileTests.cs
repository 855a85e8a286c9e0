using System.Globalization;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.TimeModel.Tests;

public sealed class DeviceModelFileTests
{
    [Fact]
    public void What_is_written_is_read_back_and_written_again_byte_for_byte()
    {
        var text = DeviceModelFile.Write(Example.Device);
        var read = DeviceModelFile.Read(text);

        Assert.Equal(text, DeviceModelFile.Write(read));
        Assert.Equal(Example.Device.Name, read.Name);
        Assert.Equal(Example.Device.NetworkError, read.NetworkError);
        Assert.Equal(Example.Device.Kinds.Keys.Order(StringComparer.Ordinal), read.Kinds.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(8, 16)]
    [InlineData(8, 17)]
    [InlineData(3, 64)]
    public void What_is_read_back_predicts_the_same(long inputs, long outputs)
    {
        var layer = Example.Convolution(inputs, outputs);

        var before = Example.Device.Predict(layer)!;
        var after = DeviceModelFile.Read(DeviceModelFile.Write(Example.Device)).Predict(layer)!;

        Assert.Equal((before.Placement, before.Time, before.Extrapolates), (after.Placement, after.Time, after.Extrapolates));
    }

    [Fact]
    public void The_file_does_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var text = DeviceModelFile.Write(Example.Device);
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            other.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = other;

            Assert.Equal(text, DeviceModelFile.Write(DeviceModelFile.Read(text)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_order_of_kinds_in_memory_does_not_matter()
    {
        var reversed = Example.Device with { Kinds = Example.Device.Kinds.Reverse().ToDictionary() };

        Assert.Equal(DeviceModelFile.Write(Example.Device), DeviceModelFile.Write(reversed));
    }

    [Theory]
    [InlineData("", "line 1: expected more text")]
    [InlineData("null", "line 1: expected an object")]
    [InlineData("[1, 2]", "line 1: expected an object")]
    [InlineData("{\"format\": \"1\"}", "line 1: expected a number")]
    [InlineData("{\"format\": 1.5}", "line 1: expected an integer")]
    [InlineData("{\"format\": 1}", "line 1: 'heldOut' is missing")]
    [InlineData("{\"format\": 1, \"format\": 1}", "line 1: expected only one member 'format'")]
    [InlineData("{\n  \"format\": 1,\n  bad\n}", "line 3: expected a member name")]
    [InlineData("{\n\"format\" 1}", "line 2: expected ':'")]
    [InlineData("{\"format\": 1} x", "line 1: expected nothing after the value")]
    [InlineData("{\"format\": 1e999}", "line 1: expected a value")]
    [InlineData("{\"format\": \"\\q\"}", "line 1: expected an escape")]
    [InlineData("{\"format\": \"\n\"}", "line 1: expected no control character in a string")]
    public void A_text_that_is_no_device_model_names_the_line(string text, string reason) => AssertUnreadable(text, reason);

    [Theory]
    [InlineData("\"family\": \"convolution\"", "\"family\": \"convulsion\"", "expected one of the families")]
    [InlineData("\"if\": \"kernel\"", "\"if\": \"colonel\"", "expected a feature of the family, not 'colonel'")]
    [InlineData("\"isMultipleOf\": 8", "\"isMultipleOf\": 0", "expected a positive integer")]
    [InlineData("\"isMultipleOf\": 8", "\"isMultipleOf\": 7.5", "expected a positive integer")]
    [InlineData("\"isAtMost\": 1", "\"isLess\": 1", "'isAtMost' is missing")]
    [InlineData("\"place\": \"Internal\"", "\"place\": \"Elsewhere\"", "expected Plain, Internal")]
    [InlineData("\"per\": \"macs\", \"nanoseconds\": 0.4", "\"per\": \"macs\", \"nanoseconds\": -0.4", "expected a time that is not negative")]
    [InlineData("\"per\": \"macs\"", "\"per\": \"smacks\"", "expected 'call' or a quantity of family 'convolution'")]
    [InlineData("{\"outputChannels\": 16}", "{\"outputChannels\": -16}", "expected a positive integer")]
    [InlineData("{\"outputChannels\": 16}", "{\"sausages\": 16}", "expected a feature of the family, not 'sausages'")]
    [InlineData("\"kind\": \"Relu\"", "\"kind\": \"Convolution2D\"", "expected kind 'Convolution2D' only once")]
    [InlineData("\"batch\": [0, 100.5]", "\"batch\": [0]", "expected a smallest and a largest value")]
    [InlineData("\"samples\": 100", "\"samples\": true", "expected a number")]
    public void A_name_or_number_without_meaning_names_the_line(string good, string bad, string reason)
    {
        var text = DeviceModelFile.Write(Example.Device);
        Assert.Contains(good, text);

        AssertUnreadable(text.Replace(good, bad, StringComparison.Ordinal), reason);
    }

    [Fact]
    public void Deep_nesting_and_endless_files_are_refused()
    {
        AssertUnreadable(new string('[', 100000), "expected less nesting");
        AssertUnreadable(new string(' ', DeviceModelFile.LargestText + 1), "a device model has at most");
    }

    [Theory]
    [InlineData(0, "profile the device again")]
    [InlineData(2, "update FastDeepIoT")]
    public void Another_format_version_says_what_to_do(int version, string advice)
    {
        var text = DeviceModelFile.Write(Example.Device).Replace("\"format\": 1", $"\"format\": {version}", StringComparison.Ordinal);

        var error = Assert.Throws<InputException>(() => DeviceModelFile.Read(text, "device.json"));

        Assert.Equal((DiagnosticCode.DeviceModelVersion, "device.json"), (error.Finding.Code, error.Finding.File));
        Assert.Contains(advice, error.Finding.Message);
    }

    [Fact]
    public void Whatever_is_done_to_a_file_it_is_read_or_refused_with_a_code()
    {
        const string Mischief = "{}[]\",:0-9.eE\\ntx \u0001";
        var good = DeviceModelFile.Write(Example.Device);
        var random = new Random(1);
        for (var round = 0; round < 3000; round++)
        {
            var text = good.ToCharArray();
            for (var change = 0; change < 3; change++) text[random.Next(text.Length)] = Mischief[random.Next(Mischief.Length)];
            var cut = new string(text, 0, random.Next(4) == 0 ? random.Next(text.Length) : text.Length);

            var error = Record.Exception(() => DeviceModelFile.Read(cut));

            Assert.True(error is null or InputException, $"{error}");
        }
    }

    private static void AssertUnreadable(string text, string reason)
    {
        var error = Assert.Throws<InputException>(() => DeviceModelFile.Read(text, "device.json"));

        Assert.Equal((DiagnosticCode.DeviceModelUnreadable, "device.json"), (error.Finding.Code, error.Finding.File));
        Assert.Contains(reason, error.Finding.Message);
        Assert.Contains("fastdeepiot profile", error.Finding.Message);
    }
}
