namespace FastDeepIoT.Build.Tests.Builds;

/// <summary>What somebody does who has just read the first lines of the README.</summary>
public sealed class NewProjectTests(PackageFeed feed)
{
    [Theory]
    [InlineData("console")]
    [InlineData("web")]
    [InlineData("classlib")]
    public async Task TemplatePackageAndOneLineWorkAtTheFirstTry(string template)
    {
        var project = new TestProject(feed, $"my {template}", empty: true);
        (await project.Run("new", template, "--name", "app", "--output", ".", "--no-restore")).Succeeded();
        (await project.Run("add", "package", "FastDeepIoT.Build", "--version", feed.Version)).Succeeded();
        project.Copy(RealModels.Digits, "models/digits.onnx");
        var file = File.ReadAllText(project.PathOf("app.csproj"));
        Assert.Contains("<PrivateAssets>all</PrivateAssets>", file, StringComparison.Ordinal);
        project.Write("app.csproj", file.Replace("</Project>", """
              <ItemGroup>
                <OnnxModel Include="models/digits.onnx" />
              </ItemGroup>

            </Project>
            """, StringComparison.Ordinal));

        var build = (await project.Build()).Succeeded();

        Assert.Empty(build.Warnings);
        Assert.Matches(@"models/digits\.onnx: [^\n]+ -> [^\n]+x\)", build.Output);
        Assert.NotEqual(File.ReadAllBytes(RealModels.Digits), File.ReadAllBytes(Path.Combine(project.Output, "models/digits.onnx")));

        (await project.Run("publish", "-o", "published")).Succeeded();
        Assert.Equal(File.ReadAllBytes(Path.Combine(project.Output, "models/digits.onnx")), File.ReadAllBytes(project.PathOf("published/models/digits.onnx")));
    }
}
