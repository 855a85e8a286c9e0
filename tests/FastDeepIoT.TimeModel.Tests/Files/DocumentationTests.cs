using System.Text.Json;
using System.Text.RegularExpressions;
using FastDeepIoT.TimeModel.Files;

namespace FastDeepIoT.TimeModel.Tests;

/// <summary>The documentation of the device model against what is really read and written.</summary>
public sealed class DocumentationTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(Repository.Read("docs/device-model.schema.json")).RootElement;

    [Fact]
    public void What_is_written_matches_the_schema() => Assert.Empty(Problems(DeviceModelFile.Write(Example.Device)));

    [Fact]
    public void The_built_in_device_models_match_the_schema_read_well_and_are_named_after_their_files()
    {
        foreach (var file in Repository.Files("src/FastDeepIoT.Tool/Devices", "*.json"))
        {
            var text = File.ReadAllText(file);

            Assert.Empty(Problems(text));
            Assert.Equal(Path.GetFileNameWithoutExtension(file), DeviceModelFile.Read(text, file).Name);
        }
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2")]
    [InlineData("\"name\":", "\"nickname\":")]
    [InlineData("\"nanoseconds\": 0.4", "\"nanoseconds\": -0.4")]
    [InlineData("\"place\": \"Internal\"", "\"place\": \"Elsewhere\"")]
    [InlineData("\"isMultipleOf\": 8", "\"isMultipleOf\": 0")]
    public void What_is_not_a_device_model_does_not_match_the_schema(string good, string bad) =>
        Assert.NotEmpty(Problems(DeviceModelFile.Write(Example.Device).Replace(good, bad, StringComparison.Ordinal)));

    [Fact]
    public void Every_family_is_documented_with_its_features_and_quantities()
    {
        var page = Repository.Read("docs/device-model.md");
        foreach (var family in LayerFamily.All)
        {
            var section = Regex.Match(page, $"^### {family.Name}\n(.*?)(^### |\\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

            Assert.Contains($"Features: {string.Join(", ", family.Features.Select(feature => $"`{feature}`"))}.", section);
            foreach (var quantity in family.Quantities)
                Assert.Matches($@"\| `{quantity.Name}` \| {quantity.Unit} \| (\d+ x )?{string.Join(" x ", quantity.Factors)} \|", section);
        }

        Assert.All(PlacementContext.Features, feature => Assert.Contains($"`{feature}`", page));
    }

    private static List<string> Problems(string text) => [.. JsonSchema.Problems(Schema, Schema, JsonDocument.Parse(text).RootElement, "$")];
}
