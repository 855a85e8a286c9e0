using FastDeepIoT.Build.Items;
using Microsoft.Build.Utilities;

namespace FastDeepIoT.Build.Tests.Units;

public sealed class SourceLocationTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void ItemIsFoundByItsInclude() => Assert.Equal((3, 4), Locate("b.onnx", null, """
        <Project>
          <ItemGroup><OnnxModel Include="a.onnx" /></ItemGroup>
          <OnnxModel Include="c.onnx;b.onnx" />
        </Project>
        """));

    [Fact]
    public void SlashesOfEitherKindAreTheSame() => Assert.Equal((2, 4), Locate("models/a.onnx", null, """
        <Project>
          <OnnxModel Include="models\a.onnx" />
        </Project>
        """));

    [Fact]
    public void MetadataIsFoundAsAttributeOrElement()
    {
        Assert.Equal((2, 31), Locate("a.onnx", "Mode", """
            <Project>
              <OnnxModel Include="a.onnx" Mode="Fast" />
            </Project>
            """, "Fast"));
        Assert.Equal((3, 6), Locate("a.onnx", "Mode", """
            <Project>
              <OnnxModel Include="*.onnx">
                <Mode>Fast</Mode>
              </OnnxModel>
            </Project>
            """, "Fast"));
    }

    [Fact]
    public void OfTwoItemsForOneFileTheOneWithTheValueCounts() => Assert.Equal((3, 31), Locate("a.onnx", "Mode", """
        <Project>
          <OnnxModel Include="a.onnx" Mode="None" />
          <OnnxModel Include="a.onnx" Mode="Fast" />
        </Project>
        """, "Fast"));

    [Theory]
    [InlineData("<Project />")]
    [InlineData("not XML")]
    public void OtherwiseTheFileIsAllThatIsKnown(string project) => Assert.Equal((0, 0), Locate("a.onnx", null, project));

    private (int Line, int Column) Locate(string item, string? metadata, string project, string value = "")
    {
        File.WriteAllText(_file, project);
        var model = new TaskItem(item);
        model.SetMetadata(Metadata.DefinedIn, _file);
        if (metadata is not null) model.SetMetadata(metadata, value);
        var place = SourceLocation.Of(model, metadata);
        Assert.Equal(_file, place.File);
        return (place.Line, place.Column);
    }
}
